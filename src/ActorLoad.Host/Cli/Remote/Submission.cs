using System.Net.Http.Headers;
using ActorLoad.Host.Admin;
using ActorLoad.Host.Admin.Runs;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;

namespace ActorLoad.Host.Cli.Remote;

/// <summary>
/// Hands one run over to a cluster. Said twice it is the same run: while nobody can say whether it has arrived, it is said again.
/// </summary>
internal sealed class Submission(NodeSet nodes, SubmitTimes times, TimeProvider time)
{
    private bool _uncertain;

    /// <exception cref="NodeException">It was refused, reached nobody, or may have arrived: then the message says so and names the run.</exception>
    public async Task<SubmitResult> SendAsync(RunOrder order, CancellationToken cancellation)
    {
        var body = SubmitBody.Write(new RunProtocol.SubmitRun(order));
        var began = time.GetTimestamp();
        for (var pause = times.Pause; ; pause *= 2)
        {
            try
            {
                return await nodes.AskAsync(n => SendAsync(n, body, cancellation)).ConfigureAwait(false);
            }
            catch (NodeException e) when (_uncertain && e.IsOfTheNode)
            {
                if (time.GetElapsedTime(began) + pause > times.Patience)
                {
                    throw new NodeException($"{e.Message}; run {order.Run} may be queued: 'actorload status {order.Run}'", e.Status);
                }
            }

            await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<SubmitResult> SendAsync(NodeClient node, byte[] body, CancellationToken cancellation)
    {
        try
        {
            return await node.SendAsync<SubmitResult>(Request(body), cancellation).ConfigureAwait(false);
        }
        catch (NodeException e) when (e.IsUncertain)
        {
            _uncertain = true;
            throw;
        }
    }

    private static HttpRequestMessage Request(byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/runs") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(SubmitBody.ContentType);
        request.Headers.Add(SubmitBody.ProtocolHeader, $"{WireMessages.ProtocolVersion}");

        // A node that refuses does so before megabytes are on their way, and its answer is not lost in a broken connection.
        request.Headers.ExpectContinue = true;
        return request;
    }
}
