using System.Collections.Concurrent;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>A transport without a network: a script tells what each request is answered with.</summary>
internal sealed class MemoryConnector(Func<StreamRequest, MemoryBody?> answer) : ISseConnector
{
    private int _disposed;

    /// <summary>Never answers with anything but an open, silent stream.</summary>
    public MemoryConnector() : this(_ => new MemoryBody("", ends: false))
    {
    }

    /// <summary>Stamps the responses.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ConcurrentQueue<StreamRequest> Requests { get; } = [];

    public ConcurrentQueue<MemoryBody> Bodies { get; } = [];

    public int BodiesRead => Bodies.Count(b => b.IsRead);

    public int BodiesClosed => Bodies.Count(b => b.IsClosed);

    public bool IsDisposed => Volatile.Read(ref _disposed) > 0;

    public Task<ConnectResult> ConnectAsync(StreamRequest request, CancellationToken cancellation)
    {
        Requests.Enqueue(request);
        if (answer(request) is not { } body)
        {
            return Task.FromResult(ConnectResult.Failed(FailureReason.Status, 404, "the server answered 404"));
        }

        Bodies.Enqueue(body);
        var now = Time.GetTimestamp();
        return Task.FromResult(ConnectResult.Accepted(new StreamResponse(body, request.Url.ToString(), now, now, false), 200));
    }

    public Task<RequestResult> SendAsync(StreamRequest request, CancellationToken cancellation) =>
        Task.FromResult(new RequestResult(200, null, "", 0));

    /// <summary>What a plain request that wants to see its answer gets.</summary>
    public Func<StreamRequest, FetchResult> OnFetch { get; init; } = _ => new FetchResult(null, "") { Status = 404 };

    /// <summary>The same for answers that take their time.</summary>
    public Func<StreamRequest, Task<FetchResult>>? OnFetchAsync { get; init; }

    public Task<FetchResult> FetchAsync(StreamRequest request, CancellationToken cancellation) =>
        OnFetchAsync is { } later ? later(request) : Task.FromResult(OnFetch(request));

    public void Dispose() => Interlocked.Increment(ref _disposed);
}
