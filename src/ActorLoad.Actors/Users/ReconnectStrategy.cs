using ActorLoad.Actors.Connections;
using Akka.Actor;

namespace ActorLoad.Actors.Users;

/// <summary>
/// How a user supervises its connections: reconnection is a restart. Retries are unlimited here, because attempts and delay
/// belong to the cursor; failures are counted, not logged. A failure that is no <see cref="ConnectionFailure"/> is unknown:
/// it escalates, and the parent of all users stops the user and counts it as crashed.
/// </summary>
public static class ReconnectStrategy
{
    public static readonly SupervisorStrategy Instance =
        new OneForOneStrategy(maxNrOfRetries: -1, withinTimeMilliseconds: -1, Decide, loggingEnabled: false);

    public static Directive Decide(Exception error) => error switch
    {
        ConnectionFailure { Disposition: Disposition.Restart } => Directive.Restart,
        ConnectionFailure { Disposition: Disposition.Stop } => Directive.Stop,
        _ => Directive.Escalate,
    };
}
