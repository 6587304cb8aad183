using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ActorLoad.Messages.Cluster;
using Akka.Actor;

namespace ActorLoad.Host.Admin.Runs;

/// <summary>One watcher of one run.</summary>
internal sealed class RunWatch(ActorSystem system, IActorRef coordinator, GatewayTimes times)
{
    /// <summary>A reader that is slow gets the newest.</summary>
    private const int Buffer = 16;

    public async IAsyncEnumerable<RunStatus> ReadAsync(
        RunStatus first, CancellationToken aborted, [EnumeratorCancellation] CancellationToken stopping)
    {
        yield return first;
        if (first.Phase == RunPhase.Ended)
        {
            yield break;
        }

        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        var statuses = Channel.CreateBounded<RunStatus>(new BoundedChannelOptions(Buffer) { FullMode = BoundedChannelFullMode.DropOldest });
        var writer = statuses.Writer;
        var watcher = system.ActorOf(Props.Create(() => new RunWatchActor(coordinator, first, times, writer)));
        try
        {
            await using var end = stopped.Token.Register(() => writer.TryComplete()).ConfigureAwait(false);
            await foreach (var status in statuses.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return status;
            }
        }
        finally
        {
            system.Stop(watcher);
        }
    }
}
