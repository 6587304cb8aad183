using System.CommandLine;
using System.CommandLine.Parsing;

namespace ActorLoad.Host.Cli;

/// <summary>All verbs, and what happens to a line that is none.</summary>
internal static class CommandTree
{
    public static RootCommand Create() =>
        new("ActorLoad: load tests for Server-Sent Events, and what every client really received.")
        {
            DemoCommand.Create(),
            QuickCommand.Create(),
            RunCommand.Create(),
            ValidateCommand.Create(),
            TargetCommand.Create(),
            TapCommand.Create(),
            ReportCommand.Create(),
            NodeCommand.Create(),
            SubmitCommand.Create(),
            StatusCommand.Create(),
            WatchCommand.Create(),
            StopCommand.Create(),
            NodesCommand.Create(),
            ClusterCommand.Create(),
        };

    /// <returns>The exit code; 2, with one message per mistake on standard error and nothing started, for a wrong line.</returns>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <param name="output">Where verbs that do not insist on the console write.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var mistake in parsed.Errors.Select(e => e.Message).Distinct())
            {
                await error.WriteLineAsync($"actorload: {mistake}").ConfigureAwait(false);
            }

            await error.WriteLineAsync($"Try '{NameOf(parsed.CommandResult)} --help'.").ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        // Verbs handle Ctrl-C themselves: it drains first, and writes everything.
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false, Output = output, Error = error };
        try
        {
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            await error.WriteLineAsync($"actorload: {e.Message}").ConfigureAwait(false);
            return ExitCodes.Usage;
        }
        catch (Exception e)
        {
            // A defect of this program, with all that helps to find it.
            await error.WriteLineAsync($"actorload: crashed: {e}").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }

    private static string NameOf(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result; at is not null; at = at.Parent)
        {
            if (at is CommandResult { Parent: not null } command)
            {
                names.Insert(0, command.Command.Name);
            }
        }

        return string.Join(' ', names.Prepend("actorload"));
    }
}
