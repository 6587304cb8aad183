using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Makes a run folder, tells somebody all that it hears, and says that the report is written.</summary>
internal sealed class FakeRecorder(RunOrder order, ICanTell told, RunFolderMade made, string? problem, bool isSlow) : UntypedActor
{
    public const string Json = "{\"a\":1}";

    /// <param name="isSlow">Whether the folder is made only when the message "made" comes.</param>
    /// <param name="problem">What cannot be written of the report.</param>
    public static Props Props(RunOrder order, ICanTell told, RunFolderMade? made = null, string? problem = null, bool isSlow = false)
    {
        var folder = made ?? new RunFolderMade(order.Run, $"results/{order.Run}", null);
        return Akka.Actor.Props.Create(() => new FakeRecorder(order, told, folder, problem, isSlow));
    }

    protected override void PreStart()
    {
        if (!isSlow)
        {
            Context.Parent.Tell(made);
        }
    }

    protected override void OnReceive(object message)
    {
        told.Tell(message, Self);
        switch (message)
        {
            case RunOutcome:
                Context.Parent.Tell(new RunRecorded(order.Run, "passed", 0, $"results/{order.Run}", Json, problem));
                break;
            case "made":
                Context.Parent.Tell(made);
                break;
            case "stop":
                Context.Stop(Self);
                break;
        }
    }
}
