using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Users;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>
/// Supervises one connection as a user does. What the connection says goes on to the probe; anything else goes to the
/// connection.
/// </summary>
internal sealed class SupervisingParent(IActorRef probe, StreamContext stream, ConnectionServices services) : UntypedActor
{
    private IActorRef _connection = null!;

    protected override SupervisorStrategy SupervisorStrategy() => ReconnectStrategy.Instance;

    protected override void PreStart()
    {
        _connection = Context.ActorOf(ConnectionActor.Props(stream, services), "stream-main");
        probe.Tell(_connection);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ConnectionEvents.Opened or ConnectionEvents.Lost or ConnectionEvents.Completed:
                probe.Tell(message);
                break;
            default:
                _connection.Forward(message);
                break;
        }
    }
}
