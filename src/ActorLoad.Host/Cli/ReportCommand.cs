using System.CommandLine;
using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Folders;

namespace ActorLoad.Host.Cli;

/// <summary><c>report DIR</c>: what a run folder tells, at any later time.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "The run folder, or what workers kept of a run in their spool." };
        var format = new Option<string>("--format") { Description = "How it is told.", DefaultValueFactory = _ => "md" };
        format.AcceptOnlyFromAmong([.. ReportCommandCore.Formats]);
        var command = new Command("report", "Prints the report of a run folder, also of a run that was killed.") { directory, format };
        command.SetAction(parsed =>
        {
            try
            {
                Console.Out.Write(ReportCommandCore.Render(parsed.GetValue(directory)!, parsed.GetValue(format)!));
                return ExitCodes.Passed;
            }
            catch (RunFolderException e)
            {
                throw new UsageException(e.Message);
            }
        });
        return command;
    }
}
