using System.CommandLine;
using ActorLoad.Host.Node;
using ActorLoad.Host.Scenarios.Reading;

namespace ActorLoad.Host.Cli;

/// <summary><c>node</c>: one cluster node, until it is stopped.</summary>
internal static class NodeCommand
{
    public const string TokenVariable = "ACTORLOAD_NODE_TOKEN";

    public static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "A HOCON file such as hocon/node.conf; variables ACTORLOAD_NODE_… and flags win over it.", HelpName = "file" };
        var roles = new Option<string>("--roles") { Description = "coordinator, worker or both, separated by ','. Default: both.", HelpName = "roles" };
        var hostname = new Option<string>("--hostname") { Description = "Where remoting listens. Default: 127.0.0.1.", HelpName = "host" };
        var publicHostname = new Option<string?>("--public-hostname") { Description = "What other nodes call this one, when that differs.", HelpName = "host" };
        var port = CliOptions.Value("--port", ValueKinds.Whole(0, 65535), "Remoting's port; 0 takes a free one. Default: 8110.");
        var seeds = new Option<string[]>("--seed")
        {
            Description = "A node to join, host:port, or dns:name:port for all addresses of a name; may be given several times.",
            HelpName = "host:port",
        };
        var http = new Option<string?>("--http") { Description = "Where the HTTP endpoint listens. Default: 127.0.0.1:8120.", HelpName = "host:port" };
        var token = new Option<string?>("--token") { Description = $"Demanded of every HTTP request. Better given as {TokenVariable}." };
        var cert = new Option<string?>("--tls-cert") { Description = "PEM file with this node's certificate: remoting speaks TLS, both sides show one.", HelpName = "file" };
        var key = new Option<string?>("--tls-key") { Description = "PEM file with its key, unless it is in --tls-cert.", HelpName = "file" };
        var ca = new Option<string?>("--tls-ca") { Description = "PEM file with the authorities of the other nodes' certificates.", HelpName = "file" };
        var thumbprints = new Option<string[]>("--tls-thumbprint") { Description = "SHA-256 thumbprint of a certificate that another node may have; may be given several times.", HelpName = "hex" };
        var insecure = new Option<bool>("--insecure") { Description = "Allows listening beyond loopback without TLS and token." };
        var quorum = CliOptions.Value("--quorum", ValueKinds.Whole(1, 100), "Coordinators that a side needs to survive when the network splits. Default: more than the other side has.");
        var noJoin = new Option<bool>("--no-join") { Description = "Waits for 'cluster join' or 'cluster join-seed' instead of joining by itself." };
        var join = CliOptions.Value("--join-timeout", ValueKinds.PositiveDuration, "How long to try to join. Default: 1m.");
        var results = new Option<string?>("--results") { Description = "Where a coordinator puts run folders, and a worker keeps what is not reported yet. Default: results.", HelpName = "dir" };
        var sources = new Option<string[]>("--source-address")
        {
            Description = "A local address, range or CIDR block that users of this node connect from; may be given several times. Default: the scenario's.",
            HelpName = "address",
        };
        var command = new Command("node", "Runs one cluster node until it is stopped.")
        {
            config, roles, hostname, publicHostname, port, seeds, http, token, cert, key, ca, thumbprints, insecure, quorum, noJoin, join,
            results, sources,
        };
        command.SetAction(async (parsed, _) =>
        {
            var flags = new NodeFlags
            {
                Roles = parsed.GetValue(roles)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Hostname = parsed.GetValue(hostname),
                PublicHostname = parsed.GetValue(publicHostname),
                Port = parsed.GetValue(port),
                Seeds = parsed.GetValue(seeds) is { Length: > 0 } given ? given : null,
                Http = parsed.GetValue(http),
                Token = parsed.GetValue(token),
                TlsCert = parsed.GetValue(cert),
                TlsKey = parsed.GetValue(key),
                TlsCa = parsed.GetValue(ca),
                TlsThumbprints = parsed.GetValue(thumbprints) is { Length: > 0 } pinned ? pinned : null,
                Insecure = parsed.GetValue(insecure) ? true : null,
                Quorum = parsed.GetValue(quorum),
                JoinTimeout = parsed.GetValue(join),
                Results = parsed.GetValue(results),
                SourceAddresses = parsed.GetValue(sources) is { Length: > 0 } local ? local : null,
            };
            var node = NodeOptionsReader.Read(flags, parsed.GetValue(config), Environment.GetEnvironmentVariable) with
            {
                WaitsToJoin = parsed.GetValue(noJoin),
            };
            return await RunAsync(node).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(NodeOptions node)
    {
        if (string.Join("; ", NodeSafety.Problems(node)) is { Length: > 0 } problems)
        {
            throw new UsageException(problems);
        }

        using var interruption = new Interruption();
        try
        {
            await using var host = await NodeHost.StartAsync(node, interruption.Token).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"node {host.Address} ({string.Join(", ", node.Roles)})").ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"listening on {host.HttpUrl}").ConfigureAwait(false);
            var end = await host.WaitAsync(interruption.Token).ConfigureAwait(false);
            if (end.Message is { } message)
            {
                await Console.Error.WriteLineAsync($"actorload: {message}").ConfigureAwait(false);
            }

            return end.ExitCode;
        }
        catch (InvalidDataException e)
        {
            throw new UsageException(e.Message);
        }
        catch (NodeStartException e)
        {
            // No matter of options: what is wrong on the machine may be right when the node is started again.
            await Console.Error.WriteLineAsync($"actorload: {e.Message}").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            // Told to stop before it had started: there is nothing to leave.
            return ExitCodes.Passed;
        }
    }
}
