using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit;

namespace ActorLoad.Actors.Tests.Users;

/// <summary>Many users come and go: no stream, body or timer of theirs stays.</summary>
public sealed class LeftoverTests : UserSpec
{
    private const int Users = 200;

    private static readonly StreamSettings Eager = new()
    {
        Reconnect = new ReconnectSettings { MinBackoff = TimeSpan.Zero, MaxBackoff = TimeSpan.Zero },
        StallAfter = TimeSpan.FromSeconds(45),
    };

    [Theory]
    [InlineData(StopMode.Now)]
    [InlineData(StopMode.Graceful)]
    public async Task Nothing_is_left_of_many_users_that_were_stopped_in_all_states(StopMode mode)
    {
        var random = new Random(7);
        Network.OnAttempt = attempt =>
        {
            int draw;
            lock (random)
            {
                draw = random.Next(10);
            }

            switch (draw)
            {
                case 0:
                    attempt.Fail(FailureReason.Connect);
                    break;
                case 1:
                    // Nobody answers.
                    break;
                case 2:
                    attempt.Accept().Break(new IOException("x"));
                    break;
                default:
                    var body = attempt.Accept();
                    body.Feed("retry: 0\nid: 1\ndata: 1\n\n");
                    if (draw > 6)
                    {
                        body.End();
                    }

                    break;
            }
        };
        Step[] steps =
        [
            Sample.Subscribe() with { Settings = Eager },
            Sample.Parallel([Sample.Await(), Sample.Drop(), Sample.Reconnect()], [Sample.Subscribe("b") with { Settings = Eager }]),
            Sample.Listen("b"),
        ];
        Host(new UserType { Name = "many", Tasks = [Work(steps)], OnStop = [Sample.Close("nowhere")] });
        for (var i = 0; i < Users; i++)
        {
            StartUser(i);
        }

        await CountedAsync(Counter.ConnectsOpened, 2 * Users);
        StopAll(mode);
        await IdleAsync();
        await Network.AllDisposedAsync();
        await NoStreamLeftAsync();
        await LevelsAreZeroAsync();
        Assert.Equal([Users, Users, 0], Counts(Counter.UsersStarted, Counter.UsersFinished, Counter.UsersCrashed));
        Assert.All(Network.Bodies, b => Assert.Empty(b.Faults));

        // A timer that was not taken back would now go off into an actor that is gone.
        var letters = CreateTestProbe();
        Sys.EventStream.Subscribe(letters.Ref, typeof(AllDeadLetters));
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromDays(1));
        Sys.EventStream.Publish(new DeadLetter("the last one", ActorRefs.Nobody, ActorRefs.Nobody));
        Assert.Equal("the last one", (await letters.ExpectMsgAsync<AllDeadLetters>(Patience)).Message);
    }
}
