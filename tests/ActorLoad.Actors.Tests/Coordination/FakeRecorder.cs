using ActorLoad.Actors.Coordination;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Makes a run folder, tells somebody all that it hears, and says that the report is written.</summary>
internal sealed class FakeRecorder(RunOrder order, ICanTell told, RunFolderMade made) : UntypedActor
{
    public const string Json = "{\"a\":1}";

    public static Props Props(RunOrder order, ICanTell told, RunFolderMade? made = null)
    {
        var folder = made ?? new RunFolderMade(order.Run, $"results/{order.Run}", null);
        return Akka.Actor.Props.Create(() => new FakeRecorder(order, told, folder));
    }

    protected override void PreStart() => Context.Parent.Tell(made);

    protected override void OnReceive(object message)
    {
        told.Tell(message, Self);
        switch (message)
        {
            case RunOutcome:
                Context.Parent.Tell(new RunRecorded(order.Run, "passed", 0, $"results/{order.Run}", Json, null));
                break;
            case "stop":
                Context.Stop(Self);
                break;
        }
    }
}
