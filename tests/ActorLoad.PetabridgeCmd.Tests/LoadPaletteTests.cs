using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Petabridge.Cmd;
using PetabridgeHost = Petabridge.Cmd.Host.PetabridgeCmd;

namespace ActorLoad.PetabridgeCmd.Tests;

/// <summary>What a client of the palette is told, with a coordinator that answers as the test says.</summary>
public sealed class LoadPaletteTests() : TestKit(PetabridgeCmdFrontEnd.Hocon(4711))
{
    private static readonly RunId On = new("on");
    // The palette passes it on as it is.
    private static readonly RunOrder Order = new(On, null!, "text", DateTimeOffset.UnixEpoch);

    private readonly List<IActorLoadMessage> _asked = [];
    private readonly List<string> _read = [];
    private Func<IActorLoadMessage, IActorLoadMessage> _coordinator = _ => throw new InvalidOperationException("there is no coordinator at the moment");
    private LoadedScenario _loaded = new(null, []);

    [Fact]
    public void Petabridge_cmd_starts_on_loopback_with_its_cluster_palette_and_ours()
    {
        PetabridgeCmdFrontEnd.Start(Sys, Core());
        Assert.Equal("127.0.0.1:4711", PetabridgeHost.Get(Sys).Endpoint);
        Assert.Equal(["cluster", "load"], PetabridgeHost.Get(Sys).Handlers.Select(h => h.Palette.ModuleName));
        Assert.Equal(["submit", "status", "stop", "nodes"], PetabridgeHost.Get(Sys).Handlers[1].Palette.Commands.Select(c => c.Name));
    }

    [Fact]
    public void A_scenario_is_read_on_this_node_and_submitted()
    {
        _loaded = new LoadedScenario(Order, []);
        _coordinator = _ => new RunProtocol.SubmitAnswer(On, 2, null);
        Assert.Equal(["on submitted, 2 before it"], Lines("submit", ("-f", "a.conf")));
        Assert.Equal(["a.conf"], _read);
        Assert.Same(Order, Assert.IsType<RunProtocol.SubmitRun>(Assert.Single(_asked)).Order);
    }

    [Fact]
    public void A_scenario_with_mistakes_reaches_nobody()
    {
        _loaded = new LoadedScenario(null, ["a.conf:1: wrong", "a.conf:2: wrong, too"]);
        Assert.Equal($"a.conf:1: wrong{Environment.NewLine}a.conf:2: wrong, too", Problem("submit", ("-f", "a.conf")));
        Assert.Empty(_asked);
    }

    [Fact]
    public void What_the_coordinator_refuses_is_told()
    {
        _loaded = new LoadedScenario(Order, []);
        _coordinator = _ => new RunProtocol.SubmitAnswer(On, 0, "it is full");
        Assert.Equal("it is full", Problem("submit", ("-f", "a.conf")));
    }

    [Fact]
    public void Runs_are_listed_all_or_one()
    {
        _coordinator = _ => Runs(Run("old", RunPhase.Ended), Run("on", RunPhase.Running), Run("later", RunPhase.Queued));
        Assert.Equal(["old Ended", "on Running", "later Queued"], Lines("status"));
        Assert.Equal(["later Queued"], Lines("status", ("-r", "later")));
        Assert.Equal("the coordinator knows no run 'nothing'", Problem("status", ("-r", "nothing")));
        _coordinator = _ => Runs();
        Assert.Equal("there has been no run yet", Problem("status"));
    }

    [Theory]
    [InlineData(null, null, "on", StopMode.Graceful)]
    [InlineData(null, "now", "on", StopMode.Now)]
    [InlineData("later", "graceful", "later", StopMode.Graceful)]
    public void The_run_that_is_on_is_stopped_or_the_one_that_is_named(string? run, string? mode, string stopped, StopMode expected)
    {
        _coordinator = question => question is RunProtocol.StopRun stop
            ? new RunProtocol.StopAnswer(stop.Run, null)
            : Runs(Run("old", RunPhase.Ended), Run("on", RunPhase.Gathering), Run("later", RunPhase.Queued));
        var arguments = new[] { ("-r", run), ("-m", mode) }.Where(a => a.Item2 is not null).Select(a => (a.Item1, a.Item2!)).ToArray();
        Assert.Equal([$"{stopped} is stopping"], Lines("stop", arguments));
        Assert.Equal(new RunProtocol.StopRun(new RunId(stopped), expected), _asked[^1]);
    }

    [Fact]
    public void The_next_run_is_stopped_when_none_is_on()
    {
        _coordinator = question => question is RunProtocol.StopRun stop
            ? new RunProtocol.StopAnswer(stop.Run, null)
            : Runs(Run("old", RunPhase.Ended), Run("next", RunPhase.Queued), Run("later", RunPhase.Queued));
        Assert.Equal(["next is stopping"], Lines("stop"));
        Assert.Equal(new RunProtocol.StopRun(new RunId("next"), StopMode.Graceful), _asked[^1]);
    }

    [Fact]
    public void What_cannot_be_stopped_is_told()
    {
        _coordinator = _ => Runs(Run("old", RunPhase.Ended));
        Assert.Equal("no run is on or queued", Problem("stop"));
        Assert.Equal("expected graceful or now, found 'soon'", Problem("stop", ("-m", "soon")));
        _coordinator = question => question is RunProtocol.StopRun stop
            ? new RunProtocol.StopAnswer(stop.Run, "it has ended")
            : Runs(Run("old", RunPhase.Ended));
        Assert.Equal("it has ended", Problem("stop", ("-r", "old")));
    }

    [Fact]
    public void Workers_are_listed()
    {
        _coordinator = _ => new RunProtocol.NodesAnswer(
            "c", [new NodeRow("w1", new WorkerId("1"), new WorkerCapacity(1, 1, 1), null, 0, 0, 0, 0, 0, null, null)]);
        Assert.Equal(["w1"], Lines("nodes"));
    }

    [Fact]
    public void Without_a_coordinator_there_is_a_sentence()
    {
        Assert.Equal("there is no coordinator at the moment", Problem("nodes"));
    }

    private static RunProtocol.RunsAnswer Runs(params RunStatus[] runs) => new("c", runs);

    private static RunStatus Run(string id, RunPhase phase) =>
        new(new RunId(id), "s", phase, 0, DateTimeOffset.UnixEpoch, null, TimeSpan.Zero, TimeSpan.Zero, 0, [], [], []);

    private LoadCore Core() => new()
    {
        Submit = submit => AskAsync<RunProtocol.SubmitAnswer>(submit),
        Runs = () => AskAsync<RunProtocol.RunsAnswer>(new RunProtocol.RunsQuery()),
        Stop = (run, mode) => AskAsync<RunProtocol.StopAnswer>(new RunProtocol.StopRun(run, mode)),
        Nodes = () => AskAsync<RunProtocol.NodesAnswer>(new RunProtocol.NodesQuery()),
        Load = file =>
        {
            _read.Add(file);
            return _loaded;
        },
        RunRows = runs => runs.Select(r => $"{r.Run} {r.Phase}"),
        NodeRows = nodes => nodes.Select(n => n.Node),
    };

    private async Task<T> AskAsync<T>(IActorLoadMessage question)
    {
        _asked.Add(question);
        await Task.Yield();
        return (T)_coordinator(question);
    }

    private List<string> Lines(string command, params (string Switch, string Value)[] arguments)
    {
        Execute(command, arguments);
        var lines = new List<string>();
        while (true)
        {
            var response = ExpectMsg<CommandResponse>();
            Assert.IsNotType<ErroredCommandResponse>(response);
            if (response.Final)
            {
                Assert.Same(CommandResponse.Empty, response);
                return lines;
            }

            lines.Add(response.Text);
        }
    }

    private string Problem(string command, params (string Switch, string Value)[] arguments)
    {
        Execute(command, arguments);
        var response = ExpectMsg<ErroredCommandResponse>();
        Assert.True(response.Final);
        return response.Text;
    }

    private void Execute(string command, (string Switch, string Value)[] arguments)
    {
        var handler = Sys.ActorOf(new LoadPaletteHandler(new LoadCommands(Core())).HandlerProps);
        handler.Tell(new Command("load", command, [.. arguments.Select(a => Tuple.Create(a.Switch, a.Value))]), TestActor);
    }
}
