using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Tests.Transport;

/// <summary>One attempt to open a stream that reached a <see cref="FakeConnector"/>; the test decides what comes of it.</summary>
internal sealed class FakeAttempt(StreamRequest request, CancellationToken cancellation, Action<FedStream> handOut)
{
    private readonly TaskCompletionSource<ConnectResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StreamRequest Request { get; } = request;

    public CancellationToken Cancellation { get; } = cancellation;

    public Task<ConnectResult> Result => _result.Task;

    /// <param name="headersAt">Timestamp ticks; by default now.</param>
    public FedStream Accept(long? headersAt = null, bool waitsForData = true)
    {
        var body = new FedStream();
        handOut(body);
        var now = headersAt ?? TimeProvider.System.GetTimestamp();
        _result.SetResult(ConnectResult.Accepted(
            new StreamResponse(body, Request.Url.AbsoluteUri, now, now, waitsForData), 200));
        return body;
    }

    public void Fail(FailureReason reason, int status = 0) =>
        _result.SetResult(ConnectResult.Failed(reason, status, $"made to fail: {reason.Name()}"));

    /// <summary>What a connector must not do.</summary>
    public void Crash(Exception error) => _result.SetException(error);
}
