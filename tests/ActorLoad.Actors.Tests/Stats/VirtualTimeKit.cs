using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;

namespace ActorLoad.Actors.Tests.Stats;

/// <summary>
/// An actor system whose timers and whose clock go only when the test says so, and then together. What actors do among
/// themselves still takes real time, which is why a test settles an actor before it lets time go on.
/// </summary>
public abstract class VirtualTimeKit() : TestKit(Config)
{
    private const string Config =
        """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          loggers = ["Akka.Event.DefaultLogger, Akka"]
          scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
          test.single-expect-default = 20s
          test.default-timeout = 20s
        }
        """;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    protected static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    protected void Advance(TimeSpan by)
    {
        Time.Advance(by);
        ((TestScheduler)Sys.Scheduler).Advance(by);
    }

    /// <summary>Returns when the actor has dealt with everything that was in its mailbox.</summary>
    protected void Settle(IActorRef actor)
    {
        var probe = CreateTestProbe();
        actor.Tell(new Identify(null), probe);
        probe.ExpectMsg<ActorIdentity>();
    }

    /// <summary>Lets time go on, step by step, until something has happened.</summary>
    protected void AdvanceUntil(Func<bool> happened, TimeSpan step) =>
        AwaitCondition(
            () =>
            {
                if (happened())
                {
                    return true;
                }

                Advance(step);
                return false;
            },
            TimeSpan.FromSeconds(20),
            TimeSpan.FromMilliseconds(5));
}
