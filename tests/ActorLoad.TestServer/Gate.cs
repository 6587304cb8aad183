namespace ActorLoad.TestServer;

/// <summary>A signal that a test gives to scripts: waiting for an open gate returns at once, and it never closes again.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _opened.TrySetResult();

    public Task WaitAsync(CancellationToken cancellation = default) => _opened.Task.WaitAsync(cancellation);
}
