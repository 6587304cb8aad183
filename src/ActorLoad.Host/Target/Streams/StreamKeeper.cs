namespace ActorLoad.Host.Target.Streams;

/// <summary>Looks at all streams now and then, for heartbeats and for clients that no longer read. One timer for all, because one each would cost more than the streams.</summary>
internal sealed class StreamKeeper : IAsyncDisposable
{
    // Each round wakes a thread: often enough for heartbeats to be about on time, and no oftener.
    private static readonly TimeSpan LongestRound = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortestRound = TimeSpan.FromMilliseconds(20);

    private readonly TargetState _state;
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    public StreamKeeper(TargetState state)
    {
        _state = state;
        var tenth = state.Options.HeartbeatInterval / 10;
        _timer = new PeriodicTimer(tenth < ShortestRound ? ShortestRound : tenth > LongestRound ? LongestRound : tenth);
        _loop = Task.Run(LoopAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop.ConfigureAwait(false);
    }

    private async Task LoopAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            var state = (Now: Environment.TickCount64, Heartbeats: !_state.IsPaused);
            _state.Accepts.Flush();
            foreach (var ring in _state.Rings)
            {
                ring.Streams.ForEach(state, static (stream, s) => stream.Beat(s.Now, s.Heartbeats));
            }
        }
    }
}
