using System.Net;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users.Steps;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Users;

/// <summary>
/// The plain requests of one user that are on their way. One that its user no longer waits for is cut and counts nowhere.
/// Used by its user actor only; results reach it as signals.
/// </summary>
internal sealed class UserRequests(UserProfile profile, CookieContainer? cookies, IActorRef self) : IDisposable
{
    private Dictionary<int, CancellationTokenSource>? _pending;

    /// <exception cref="FormatException">The rendered path is no URL, or a rendered header no header.</exception>
    /// <exception cref="UnsetVariableException">The user has not extracted a variable of the step yet.</exception>
    public void Send(RequestStep step, int token, in TemplateContext context)
    {
        var request = RequestBuilder.Build(step, profile.Scenario, context) with
        {
            Cookies = cookies,
            Keep = ResponseExtractor.KeepFor(step.Extract),
            FinalStatuses = step.ExpectStatus,
        };
        var stopped = new CancellationTokenSource();
        (_pending ??= []).Add(token, stopped);
        SendAsync(step, request, token, stopped.Token).PipeTo(self);
    }

    /// <summary>Called for every request, answered or not.</summary>
    public void End(int token)
    {
        if (_pending is not null && _pending.Remove(token, out var stopped))
        {
            stopped.Cancel();
            stopped.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var token in _pending?.Keys.ToList() ?? [])
        {
            End(token);
        }
    }

    // Records where the response ends, not when the user's mailbox gets to it.
    private async Task<UserSignal> SendAsync(RequestStep step, StreamRequest request, int token, CancellationToken stopped)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        deadline.CancelAfter(step.Within);
        RequestResult result;
        var start = profile.Services.Time.GetTimestamp();
        try
        {
            result = await profile.Services.Connector.SendAsync(request, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            var ticks = profile.Services.Time.GetTimestamp() - start;
            result = new RequestResult(0, FailureReason.Timeout, $"no response within {step.Within.TotalSeconds:0.###} s", ticks);
        }

        if (!stopped.IsCancellationRequested)
        {
            Record(step, result);
        }

        var extracted = result.Kept is { } kept && RequestRun.IsExpected(step, result.Status)
            ? ResponseExtractor.Extract(step.Extract, kept)
            : null;
        return new UserSignal.Responded(token, result with { Kept = null }, extracted);
    }

    private void Record(RequestStep step, in RequestResult result)
    {
        var recorder = profile.Recorder;
        recorder.Count(Counter.Requests);
        recorder.Record(Timing.RequestTime, result.Ticks);
        if (result.Failure is not null || !RequestRun.IsExpected(step, result.Status))
        {
            recorder.Count(Counter.RequestsFailed);
            recorder.Worker.Failures.Count(
                FailureWhere.Request,
                result.Failure ?? FailureReason.UnexpectedStatus,
                $"{RequestRun.Describe(step)}: {(result.Failure is null ? $"the server answered {result.Status}" : result.Message)}");
        }
    }
}
