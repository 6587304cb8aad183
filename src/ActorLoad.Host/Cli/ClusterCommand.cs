using System.CommandLine;
using System.Text.Json;
using ActorLoad.Host.Admin;

namespace ActorLoad.Host.Cli;

/// <summary><c>cluster</c>: the operations of <c>pbm cluster</c>, same names and rows, over a node's HTTP endpoint.</summary>
internal static class ClusterCommand
{
    private static readonly Option<Uri> Node = NodeOption.Node();
    private static readonly Option<string?> Token = NodeOption.Token();
    private static readonly Option<string> Format = NodeOption.Format();

    public static Command Create()
    {
        var command = new Command("cluster", "Shows and changes the cluster that a node belongs to.")
        {
            Members("show", "Lists the members that the node knows.", "/api/cluster/show", count: true),
            Members("members", "The same as show.", "/api/cluster/members", count: true),
            Members("status", "Shows the node's own row.", "/api/cluster/status", count: false),
            Leader(),
            Change("join", "Joins the node to the cluster of another one.", "/api/cluster/join", ArgumentArity.ExactlyOne),
            Change("join-seed", "Joins the node through the first of several seed nodes that answers.", "/api/cluster/join-seed", ArgumentArity.OneOrMore),
            Change("leave", "Lets a member leave; without an address, the node itself.", "/api/cluster/leave", ArgumentArity.ZeroOrOne),
            Change("down", "Declares a member dead.", "/api/cluster/down", ArgumentArity.ExactlyOne),
            Change("down-unreachable", "Declares every unreachable member dead.", "/api/cluster/down-unreachable", ArgumentArity.Zero),
            Tail(),
        };
        command.Options.Add(Node);
        command.Options.Add(Token);
        command.Options.Add(Format);
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

        command.SetAction((parsed, cancellation) => AskAsync(parsed, async (client, json) =>
        {
            var query = count && parsed.GetValue(role) is { } r ? $"?role={Uri.EscapeDataString(r)}" : "";
            var list = await client.GetAsync<MemberList>(path + query, cancellation).ConfigureAwait(false);
            if (json)
            {
                Print(list);
                return;
            }

            foreach (var member in list.Members)
            {
                Console.Out.WriteLine(member.ToString());
            }

            if (count)
            {
                Console.Out.WriteLine($"Count: {list.Members.Count} nodes");
            }
        }));
        return command;
    }

    private static Command Leader()
    {
        var role = new Option<string?>("--role", "-r") { Description = "The leader among members with this role.", HelpName = "role" };
        var command = new Command("leader", "Prints the leader's address.") { role };
        command.SetAction((parsed, cancellation) => AskAsync(parsed, async (client, json) =>
        {
            var query = parsed.GetValue(role) is { } r ? $"?role={Uri.EscapeDataString(r)}" : "";
            var answer = await client.GetAsync<LeaderAnswer>("/api/cluster/leader" + query, cancellation).ConfigureAwait(false);
            if (json)
            {
                Print(answer);
            }
            else
            {
                Console.Out.WriteLine(answer.Leader ?? throw new NodeException("there is no leader at the moment"));
            }
        }));
        return command;
    }

    private static Command Change(string name, string description, string path, ArgumentArity arity)
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

        command.SetAction((parsed, cancellation) => AskAsync(parsed, async (client, json) =>
        {
            var body = new AddressList(arity.MaximumNumberOfValues > 0 ? parsed.GetValue(addresses) ?? [] : []);
            var answer = await client.PostAsync<OperationAnswer>(path, body, cancellation).ConfigureAwait(false);
            if (json)
            {
                Print(answer);
            }
            else
            {
                Console.Out.WriteLine(answer.Message);
            }
        }));
        return command;
    }

    private static Command Tail()
    {
        var command = new Command("tail", "Prints membership events as they happen, until stopped.");
        command.SetAction((parsed, _) => AskAsync(parsed, async (client, json) =>
        {
            using var interruption = new Interruption();
            try
            {
                await client.StreamAsync("/api/cluster/tail", line => Console.Out.WriteLine(json ? JsonSerializer.Serialize(new { @event = line }) : line), interruption.Token)
                    .ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
            {
                // How a tail ends.
            }
        }));
        return command;
    }

    private static async Task<int> AskAsync(ParseResult parsed, Func<NodeClient, bool, Task> ask)
    {
        using var client = new NodeClient(parsed.GetValue(Node)!, parsed.GetValue(Token) ?? Environment.GetEnvironmentVariable(NodeCommand.TokenVariable));
        try
        {
            await ask(client, parsed.GetValue(Format) == "json").ConfigureAwait(false);
            return ExitCodes.Passed;
        }
        catch (NodeException e)
        {
            await Console.Error.WriteLineAsync($"actorload: {e.Message}").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }

    private static void Print(object answer) => Console.Out.WriteLine(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web));
}
