using System.CommandLine;
using ActorLoad.Host.Admin;
using ActorLoad.Messages.Identifiers;

namespace ActorLoad.Host.Cli.Remote;

/// <summary>What every verb about runs and nodes of a cluster understands, and what happens when no node can be asked.</summary>
internal sealed class RemoteOptions
{
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);

    private readonly Option<Uri[]> _nodes = NodeOption.Nodes();
    private readonly Option<string?> _token = NodeOption.Token();
    private readonly Option<string> _format = NodeOption.Format();

    public void AddTo(Command command)
    {
        command.Options.Add(_nodes);
        command.Options.Add(_token);
        command.Options.Add(_format);
    }

    /// <summary><c>[RUN]</c>.</summary>
    public static Argument<string?> Run() => new("RUN")
    {
        Description = "The run's id. Default: the run in hand, else the next one, else the last one.",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            try
            {
                return new RunId(text).Value;
            }
            catch (ArgumentException)
            {
                result.AddError($"RUN: expected the id of a run, found '{text}'");
                return null;
            }
        },
    };

    /// <summary>Both would print on standard output.</summary>
    public void AddSummaryTo(Command command, Option<bool> json) => command.Validators.Add(result =>
    {
        if (result.GetValue(json) && result.GetValue(_format) == "json")
        {
            result.AddError("--json: prints the summary, and --format json every answer; give one of them");
        }
    });

    /// <summary>For verbs that are about the node itself: another one cannot answer in its place.</summary>
    /// <exception cref="UsageException">Several nodes were given.</exception>
    public void DemandOneNode(ParseResult parsed)
    {
        if (parsed.GetValue(_nodes) is { Length: > 1 })
        {
            throw new UsageException($"--node: '{parsed.CommandResult.Command.Name}' is about the node itself; give one");
        }
    }

    /// <param name="timeout">For one answer of one node; null = half a minute.</param>
    /// <exception cref="UsageException">The token cannot be sent.</exception>
    /// <returns>What <paramref name="run"/> returns; 1 when no node could be asked or one refused; 130 when it was cancelled.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Func<RemoteSession, Task<int>> run, TimeSpan? timeout = null)
    {
        var token = NodeOption.TokenOf(parsed.GetValue(_token), Environment.GetEnvironmentVariable);
        using var nodes = new NodeSet(parsed.GetValue(_nodes)!, token, timeout ?? Answer);
        var writers = parsed.InvocationConfiguration;
        try
        {
            return await run(new RemoteSession(nodes, writers.Output, writers.Error, parsed.GetValue(_format) == "json")).ConfigureAwait(false);
        }
        catch (NodeException e)
        {
            await writers.Error.WriteLineAsync($"actorload: {e.Message}").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }
}
