using System.Text.Json;
using ActorLoad.Host.Admin;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Cluster;

namespace ActorLoad.Host.Cli.Remote;

/// <summary>Follows a run over the nodes of its cluster until it has ended: a node that goes away is replaced by another, or by itself when it comes back.</summary>
internal sealed class RunWatcher(NodeSet nodes, WatchTimes times, TimeProvider time)
{
    private RunStatusJson? _last;
    private long _heard;

    /// <param name="isKnown">The run is there for certain: a first failure is no reason to give up.</param>
    /// <param name="onStatus">Gets every status, as it came and read.</param>
    /// <returns>The status with which the run ended.</returns>
    /// <exception cref="NodeException">There is no such run, or nobody tells of it any more.</exception>
    /// <exception cref="OperationCanceledException">Watching was cancelled.</exception>
    public async Task<RunStatusJson> WatchAsync(string run, bool isKnown, Action<string, RunStatusJson> onStatus, CancellationToken cancellation)
    {
        _heard = time.GetTimestamp();
        while (true)
        {
            NodeException? problem = null;
            try
            {
                await nodes.AskAsync(n => StreamAsync(n, run, onStatus, cancellation)).ConfigureAwait(false);
            }
            catch (NodeException e) when (isKnown || _last is not null)
            {
                problem = e;
            }

            if (_last is { Phase: RunPhase.Ended } ended)
            {
                return ended;
            }

            if (time.GetElapsedTime(_heard) >= times.GiveUp)
            {
                throw new NodeException($"nothing was heard of run {run} for {times.GiveUp.TotalSeconds:0} s: {problem?.Message ?? "nodes end the stream before it has ended"}");
            }

            await Task.Delay(times.TryAgain, time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> StreamAsync(NodeClient node, string run, Action<string, RunStatusJson> onStatus, CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(times.Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
        try
        {
            await node.StreamAsync(
                RemoteSession.PathOf(run) + "/events",
                data =>
                {
                    silence.CancelAfter(times.Silence);
                    _last = Read(node, data);
                    _heard = time.GetTimestamp();
                    onStatus(data, _last);
                },
                either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NodeException($"{node.Node} has said nothing for {times.Silence.TotalSeconds:0} s");
        }
    }

    private static RunStatusJson Read(NodeClient node, string data)
    {
        try
        {
            return JsonSerializer.Deserialize<RunStatusJson>(data, ReportJson.Line) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new NodeException($"{node.Node} is no ActorLoad node: it tells of no run");
        }
    }
}
