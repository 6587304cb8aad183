using System.CommandLine;
using ActorLoad.Host.Admin;
using ActorLoad.Host.Cli.Remote;

namespace ActorLoad.Host.Cli;

/// <summary><c>cluster</c>: the operations of <c>pbm cluster</c>, same names and rows, over a node's HTTP endpoint.</summary>
internal static class ClusterCommand
{
    private static readonly RemoteOptions Remote = new();

    public static Command Create()
    {
        var command = new Command("cluster", "Shows and changes the cluster that a node belongs to.")
        {
            Members("show", "Lists the members that the node knows.", "/api/cluster/show", count: true),
            Members("members", "The same as show.", "/api/cluster/members", count: true),
            Members("status", "Shows the node's own row.", "/api/cluster/status", count: false),
            Leader(),
            Change("join", "Joins the node to the cluster of another one.", "/api/cluster/join", ArgumentArity.ExactlyOne, isOfTheNode: true),
            Change("join-seed", "Joins the node through the first of several seed nodes that answers.", "/api/cluster/join-seed", ArgumentArity.OneOrMore, isOfTheNode: true),
            Change("leave", "Lets a member leave; without an address, the node itself.", "/api/cluster/leave", ArgumentArity.ZeroOrOne),
            Change("down", "Declares a member dead.", "/api/cluster/down", ArgumentArity.ExactlyOne),
            Change("down-unreachable", "Declares every unreachable member dead.", "/api/cluster/down-unreachable", ArgumentArity.Zero),
            Tail(),
        };
        Remote.AddTo(command);
        return command;
    }

    private static Command Members(string name, string description, string path, bool count)
    {
        var role = new Option<string?>("--role", "-r") { Description = "Only members with this role.", HelpName = "role" };
        var command = new Command(name, description);
        if (count)
        {
            command.Options.Add(role);
        }

        command.SetAction((parsed, cancellation) => RunAsync(parsed, isOfTheNode: !count, async session =>
        {
            var query = count && parsed.GetValue(role) is { } r ? $"?role={Uri.EscapeDataString(r)}" : "";
            var list = await session.Nodes.AskAsync(n => n.GetAsync<MemberList>(path + query, cancellation)).ConfigureAwait(false);
            if (session.Json)
            {
                session.Print(list);
                return;
            }

            foreach (var member in list.Members)
            {
                await session.Output.WriteLineAsync(member.ToString()).ConfigureAwait(false);
            }

            if (count)
            {
                await session.Output.WriteLineAsync($"Count: {list.Members.Count} nodes").ConfigureAwait(false);
            }
        }));
        return command;
    }

    private static Command Leader()
    {
        var role = new Option<string?>("--role", "-r") { Description = "The leader among members with this role.", HelpName = "role" };
        var command = new Command("leader", "Prints the leader's address.") { role };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, isOfTheNode: false, async session =>
        {
            var query = parsed.GetValue(role) is { } r ? $"?role={Uri.EscapeDataString(r)}" : "";
            var answer = await session.Nodes.AskAsync(n => n.GetAsync<LeaderAnswer>("/api/cluster/leader" + query, cancellation)).ConfigureAwait(false);
            if (session.Json)
            {
                session.Print(answer);
            }
            else
            {
                await session.Output.WriteLineAsync(answer.Leader ?? throw new NodeException("there is no leader at the moment")).ConfigureAwait(false);
            }
        }));
        return command;
    }

    /// <param name="isOfTheNode">It changes the node that is asked, and not whatever its address names.</param>
    private static Command Change(string name, string description, string path, ArgumentArity arity, bool isOfTheNode = false)
    {
        var addresses = new Argument<string[]>("address")
        {
            Description = "Such as akka.tcp://actorload@127.0.0.1:8110.",
            Arity = arity,
            DefaultValueFactory = _ => [],
            CustomParser = result => [.. result.Tokens.Select(t => t.Value)],
        };
        var command = new Command(name, description);
        if (arity.MaximumNumberOfValues > 0)
        {
            command.Arguments.Add(addresses);
        }

        command.SetAction((parsed, cancellation) =>
        {
            var body = new AddressList(arity.MaximumNumberOfValues > 0 ? parsed.GetValue(addresses) ?? [] : []);
            return RunAsync(parsed, isOfTheNode || body.Addresses is [], async session =>
            {
                var answer = await session.Nodes.AskAsync(n => n.PostAsync<OperationAnswer>(path, body, cancellation)).ConfigureAwait(false);
                if (session.Json)
                {
                    session.Print(answer);
                }
                else
                {
                    await session.Output.WriteLineAsync(answer.Message).ConfigureAwait(false);
                }
            });
        });
        return command;
    }

    private static Command Tail()
    {
        var command = new Command("tail", "Prints membership events as they happen, until stopped.");
        command.SetAction((parsed, _) => RunAsync(parsed, isOfTheNode: false, async session =>
        {
            using var interruption = new Interruption();
            try
            {
                await session.Nodes.AskAsync(n => TailAsync(n, session, interruption.Token)).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
            {
                // How a tail ends.
            }
        }));
        return command;
    }

    private static async Task<bool> TailAsync(NodeClient node, RemoteSession session, CancellationToken stop)
    {
        await node.StreamAsync("/api/cluster/tail", Show, stop).ConfigureAwait(false);
        return true;

        void Show(string line)
        {
            if (session.Json)
            {
                session.Print(new { @event = line });
            }
            else
            {
                session.Output.WriteLine(line);
            }

            session.Output.Flush();
        }
    }

    private static Task<int> RunAsync(ParseResult parsed, bool isOfTheNode, Func<RemoteSession, Task> run)
    {
        if (isOfTheNode)
        {
            Remote.DemandOneNode(parsed);
        }

        return Remote.RunAsync(parsed, async session =>
        {
            await run(session).ConfigureAwait(false);
            return ExitCodes.Passed;
        });
    }
}
