using ActorLoad.Actors.Measurement.Delivery;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement.Clocks;

/// <summary>
/// Keeps a worker's idea of the target's clock up to date: once before the run, then about every minute until it is disposed.
/// A measurement that fails during the run leaves the last good one in place.
/// </summary>
public sealed class ClockKeeper(
    ISseConnector connector, StreamRequest request, ClockSettings settings, DeliveryRecorder delivery, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopped = new();
    private readonly ClockAnswer _answer = new(settings);

    /// <summary>Measures for the first time, and goes on by itself when that went well. Called once.</summary>
    /// <returns>Null, or a sentence that says why the target's clock cannot be used.</returns>
    public async Task<string?> StartAsync()
    {
        var (estimate, problem) = await MeasureAsync().ConfigureAwait(false);
        if (estimate is null)
        {
            return $"clock = target: {request.Method} {request.Url.AbsolutePath}: {problem}";
        }

        delivery.Estimate = estimate;
        _ = RepeatAsync(estimate);
        return null;
    }

    public void Dispose()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private async Task RepeatAsync(ClockEstimate estimate)
    {
        var measuredAt = time.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(Again, time, _stopped.Token).ConfigureAwait(false);
                var (next, _) = await MeasureAsync().ConfigureAwait(false);
                if (next is not null)
                {
                    estimate = ClockEstimator.Join(estimate, next, time.GetElapsedTime(measuredAt));
                    measuredAt = time.GetTimestamp();
                    delivery.Estimate = estimate;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    private async Task<(ClockEstimate? Estimate, string Problem)> MeasureAsync()
    {
        var estimator = new ClockEstimator();
        for (var i = 0; i < settings.Probes; i++)
        {
            await Task.Delay(estimator.NextIn(delivery.Wall.Now), time, _stopped.Token).ConfigureAwait(false);
            var answer = await AskAsync().ConfigureAwait(false);
            if (_answer.Read(answer, out var problem) is not { } target)
            {
                return (null, problem);
            }

            estimator.Add(new ClockReading(
                delivery.Wall.UnixUs(answer.StartedAt), delivery.Wall.UnixUs(answer.HeadersAt), target.UnixUs, target.GranularityUs));
        }

        return (estimator.Estimate(), "");
    }

    private async Task<FetchResult> AskAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        patience.CancelAfter(Patience);
        try
        {
            return await connector.FetchAsync(request, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_stopped.IsCancellationRequested)
        {
            return new FetchResult(Messages.Failures.FailureReason.Timeout, $"no answer within {Patience.TotalSeconds:0} s");
        }
    }
}
