using System.Collections.Concurrent;
using System.Threading.Channels;
using ActorLoad.Actors.Transport;

namespace ActorLoad.Actors.Tests.Transport;

/// <summary>
/// A network that a test plays by hand: attempts queue up for <see cref="NextAsync"/>, unless <see cref="OnAttempt"/>
/// answers them by itself.
/// </summary>
internal sealed class FakeConnector : ISseConnector
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<FakeAttempt> _attempts = Channel.CreateUnbounded<FakeAttempt>();
    private int _count;

    /// <summary>Every body that was handed out.</summary>
    public ConcurrentBag<FedStream> Bodies { get; } = [];

    public int Attempts => Volatile.Read(ref _count);

    public Action<FakeAttempt>? OnAttempt { get; set; }

    public Func<StreamRequest, CancellationToken, Task<RequestResult>> OnSend { get; set; } =
        (_, _) => Task.FromResult(new RequestResult(200, null, "", 1));

    public Task<ConnectResult> ConnectAsync(StreamRequest request, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _count);
        var attempt = new FakeAttempt(request, cancellation, Bodies.Add);
        if (OnAttempt is { } answer)
        {
            answer(attempt);
        }
        else
        {
            _attempts.Writer.TryWrite(attempt);
        }

        return attempt.Result;
    }

    public Task<RequestResult> SendAsync(StreamRequest request, CancellationToken cancellation) => OnSend(request, cancellation);

    public Task<FetchResult> FetchAsync(StreamRequest request, CancellationToken cancellation) =>
        Task.FromResult(new FetchResult(null, "") { Status = 404 });

    /// <summary>The next attempt that nobody has answered.</summary>
    public async Task<FakeAttempt> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await _attempts.Reader.ReadAsync(limit.Token);
    }

    public bool HasNext => _attempts.Reader.TryPeek(out _);

    public Task AllDisposedAsync() => Task.WhenAll(Bodies.Select(b => b.Disposed)).WaitAsync(Patience);

    public void Dispose()
    {
    }
}
