using Petabridge.Cmd;

namespace ActorLoad.PetabridgeCmd;

/// <summary>The palette <c>load</c>, as <c>pbm</c> shows it to operators.</summary>
public static class LoadPalette
{
    public const string FileArgument = "file";
    public const string RunArgument = "run";
    public const string ModeArgument = "mode";

    public static readonly CommandDefinition Submit = new CommandDefinitionBuilder().WithName("submit")
        .WithDescription("Submits a scenario file that lies on this node.")
        .WithArgument(a => a.WithName(FileArgument).WithDescription("The scenario file.").IsMandatory(true).WithSwitch("-f"))
        .Build();

    public static readonly CommandDefinition Status = new CommandDefinitionBuilder().WithName("status")
        .WithDescription("Lists the runs that the coordinator knows.")
        .WithArgument(a => a.WithName(RunArgument).WithDescription("Only this one.").IsMandatory(false).WithSwitch("-r"))
        .Build();

    public static readonly CommandDefinition Stop = new CommandDefinitionBuilder().WithName("stop")
        .WithDescription("Ends the run that is on before its plan does, or takes the next one out of the queue.")
        .WithArgument(a => a.WithName(RunArgument).WithDescription("This one, on or queued.").IsMandatory(false).WithSwitch("-r"))
        .WithArgument(a => a.WithName(ModeArgument).WithDescription("graceful or now.").IsMandatory(false).WithDefaultValues("graceful", "now").WithSwitch("-m"))
        .Build();

    public static readonly CommandDefinition Nodes = new CommandDefinitionBuilder().WithName("nodes")
        .WithDescription("Lists the workers that have registered with the coordinator.")
        .Build();

    public static readonly CommandPalette Palette = new("load", [Submit, Status, Stop, Nodes]);
}
