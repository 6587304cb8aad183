using ActorLoad.Actors.Tests.Users.Steps;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using ActorLoad.TestServer;

namespace ActorLoad.Actors.Tests.Users;

/// <summary>Users over real sockets, in real time: the server sees every connection closed.</summary>
public sealed class LoopbackTests : UserSpec
{
    private static readonly StreamSettings Eager = new()
    {
        Reconnect = new ReconnectSettings { MinBackoff = TimeSpan.FromMilliseconds(1), MaxBackoff = TimeSpan.FromMilliseconds(5) },
    };

    public LoopbackTests()
        : base(Connections.ConnectionSpec.Quiet)
    {
        // Akka's scheduler starts with its first use and blocks every user of it until a pool thread has run its loop: forty
        // actors at once would leave no such thread. In a run the worker's own timers come first.
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, static () => { });
    }

    [Fact]
    public async Task No_socket_is_left_of_users_whose_streams_break_and_come_back()
    {
        const int users = 40;
        var cut = Script.OnRequest().ChunkedStream().Chunk("id: 1\ndata: 1\n\n");
        await using var server = ScriptedServer.Start(
        [
            .. Enumerable.Range(0, 3 * users).Select(i => (i % 3) switch
            {
                0 => cut.EndChunks(),
                1 => cut,
                _ => cut.KeepOpen(),
            }),
            cut.KeepOpen(),
        ]);
        using var connector = new HttpSseConnector(new HttpSettings(), 64 * 1024);
        var type = new UserType
        {
            Name = "real",
            Tasks = [Work(Sample.Subscribe() with { Settings = Eager }, Sample.Await(events: 3), Sample.Pause(3600))],
        };
        Host(type, connector, new Uri(server.UrlOf("/")));
        for (var i = 0; i < users; i++)
        {
            StartUser(i);
        }

        await CountedAsync(Counter.ConnectsOpened, 3 * users);
        StopAll(StopMode.Graceful);
        await IdleAsync();
        await server.ConnectionsEndedAsync(server.Accepted);
        await NoStreamLeftAsync();

        Assert.Equal(0, server.OpenConnections);
        Assert.Empty(server.Faults);
        Assert.Equal([users, 0, 0], Counts(Counter.UsersFinished, Counter.UsersCrashed, Counter.TasksFailed));
        await LevelsAreZeroAsync();
    }

    [Fact]
    public async Task A_broken_target_costs_its_own_users_and_nobody_else()
    {
        var good = Script.OnRequest().ChunkedStream().Chunk("data: 1\n\n").KeepOpen();
        await using var server = ScriptedServer.Start(
            Script.OnRequest().EndlessLine(),
            Script.OnRequest().EndlessEvent(),
            Script.OnRequest().HeaderFlood(),
            Script.OnRequest().Redirect("302 Found", "/again"),
            good);
        using var connector = new HttpSseConnector(new HttpSettings(), 64 * 1024);
        var limited = Eager with { Limits = new LimitSettings { MaxLine = 1000, MaxEvent = 5000 } };
        var type = new UserType
        {
            Name = "brave",
            Wait = Constant(3600),
            Tasks = [Work(Sample.Subscribe() with { Settings = limited }, Sample.Await())],
        };
        Host(type, connector, new Uri(server.UrlOf("/")));

        // One after the other, so that each meets its own script.
        for (var i = 0; i < 5; i++)
        {
            StartUser(i);
            await AwaitConditionAsync(
                () => Task.FromResult(Recorder.Sum(Counter.TasksPassed) + Recorder.Sum(Counter.TasksFailed) == i + 1),
                Patience,
                TimeSpan.FromMilliseconds(5));
        }

        // The redirect leads to a stream that is fine.
        Assert.Equal([2, 3, 0], Counts(Counter.TasksPassed, Counter.TasksFailed, Counter.UsersCrashed));
        StopAll(StopMode.Now);
        await IdleAsync();
        await server.ConnectionsEndedAsync(server.Accepted);
        Assert.Equal(0, server.OpenConnections);
    }
}
