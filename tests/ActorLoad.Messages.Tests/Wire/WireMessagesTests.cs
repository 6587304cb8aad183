using System.Text;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;

namespace ActorLoad.Messages.Tests.Wire;

public sealed class WireMessagesTests
{
    public static TheoryData<string> AllManifests => [.. WireMessages.Manifests.Keys];

    [Fact]
    public void Every_message_that_may_travel_has_a_manifest()
    {
        var messages = typeof(IActorLoadMessage).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IActorLoadMessage)) && !t.IsInterface);
        Assert.Equal(
            messages.Select(t => t.Name).Order(),
            WireMessages.Manifests.Values.Select(t => t.Name).Order());
        Assert.All(WireMessages.Manifests.Keys, m => Assert.Matches("^[a-z-]+/[0-9]+$", m));
    }

    [Theory]
    [MemberData(nameof(AllManifests))]
    public void Every_message_comes_back_as_it_was(string manifest)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var message = (IActorLoadMessage)new AnyValue(seed).Of(WireMessages.Manifests[manifest])!;
            Assert.Equal(manifest, WireMessages.ManifestOf(message));
            var bytes = WireMessages.Encode(message);
            var back = WireMessages.Decode(manifest, bytes);
            Assert.Null(AnyValue.Difference(message, back));
            Assert.Equal(bytes, WireMessages.Encode(back));
        }
    }

    [Fact]
    public void Every_kind_of_step_travels()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var any = new AnyValue(seed);
            var steps = AnyValue.StepTypes.Select(t => (Step)any.Of(t)!).ToArray();
            var type = new UserType { Name = "reader", Tasks = [new TaskDefinition("read", 1, steps)] };
            var scenario = new Scenario
            {
                Name = "all",
                BaseUrl = new Uri("http://127.0.0.1/"),
                Load = LoadPlan.Closed([(TimeSpan.FromSeconds(1), 5)]),
                UserTypes = [type],
            };
            var message = new RunProtocol.SubmitRun(new RunOrder(new RunId("r"), scenario, "", DateTimeOffset.UnixEpoch));
            Assert.Null(AnyValue.Difference(message, WireMessages.Decode("submit-run/1", WireMessages.Encode(message)), ""));
        }
    }

    /// <summary>Bytes that were written once: a change here is a change of the protocol and needs a new version.</summary>
    [Fact]
    public void Golden_bytes()
    {
        Assert.Equal("027203773104", Hex(new WorkerProtocol.WindowAck(new RunId("r"), new WorkerId("w1"), 2)));
        Assert.Equal("02720377310006", Hex(new WorkerProtocol.Prepared(new RunId("r"), new WorkerId("w1"), null, 3)));
        Assert.Equal("0272037731" + "04626161" + "06", Hex(new WorkerProtocol.Prepared(new RunId("r"), new WorkerId("w1"), "baa", 3)));
        Assert.Equal("027201", Hex(new WorkerProtocol.RunOver(new RunId("r"), Reported: true)));
        Assert.Equal("027200", Hex(new WorkerProtocol.RunOver(new RunId("r"), Reported: false)));
        Assert.Equal("027202", Hex(new RunProtocol.StopRun(new RunId("r"), StopMode.Now)));
        var window = new StatsWindow(
            new RunId("r"),
            new WorkerId("w"),
            3,
            1000,
            1001,
            [1, -1],
            [2, 300],
            [new UserTypeStats("t", [5], [new EncodedTiming(Timing.EventGap, [0xaa])], [])],
            [new NamedCount("message", 7)],
            []);
        Assert.Equal(
            "02720277" + "06" + "D00F" + "D20F" + "030201" + "0304D804" + "02" + "0274" + "020A" + "02" + "08" + "02AA" + "01" + "01"
            + "02" + "08" + Convert.ToHexString("message"u8) + "0E" + "01" + "01" + "01" + "01" + "00" + "00" + "00" + "00",
            Hex(new WorkerProtocol.WindowReport(window)));
    }

    /// <summary>These two and their bytes stay as they are whatever the protocol version: nodes of any two versions read them.</summary>
    [Fact]
    public void Hello_and_its_answer_never_change()
    {
        Assert.Equal("027702" + "6E" + "0E" + "0231", Hex(new WorkerProtocol.Hello(new WorkerId("w"), "n", 7, "1")));
        Assert.Equal("0263026E0E023100", Hex(new WorkerProtocol.HelloAnswer("c", "n", 7, "1", null)));
        Assert.Equal(typeof(WorkerProtocol.Hello), WireMessages.Manifests["hello/1"]);
        Assert.Equal(typeof(WorkerProtocol.HelloAnswer), WireMessages.Manifests["hello-answer/1"]);
    }

    [Fact]
    public void Broken_bytes_are_said_to_be_broken_whatever_they_are()
    {
        var random = new Random(1);
        foreach (var manifest in WireMessages.Manifests.Keys)
        {
            for (var seed = 0; seed < 10; seed++)
            {
                var bytes = WireMessages.Encode((IActorLoadMessage)new AnyValue(seed).Of(WireMessages.Manifests[manifest])!);
                for (var i = 0; i < 50 && bytes.Length > 0; i++)
                {
                    var broken = bytes.ToArray();
                    broken[random.Next(broken.Length)] = (byte)random.Next(256);
                    DecodesOrSaysWhy(manifest, i % 2 == 0 ? broken : broken[..random.Next(broken.Length)]);
                }
            }
        }
    }

    [Fact]
    public void A_cut_message_and_one_with_something_behind_it_are_refused()
    {
        var bytes = WireMessages.Encode(new RunProtocol.StopRun(new RunId("r"), StopMode.Now));
        Assert.Contains("too early", Refused("stop-run/1", bytes[..^1]), StringComparison.Ordinal);
        Assert.Contains("1 bytes follow", Refused("stop-run/1", [.. bytes, 0]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_manifest_a_bad_value_and_a_bomb_are_refused()
    {
        Assert.Contains("'stop-run/2' is no message", Refused("stop-run/2", []), StringComparison.Ordinal);
        Assert.Contains("no StopMode", Refused("stop-run/1", Convert.FromHexString("027208")), StringComparison.Ordinal);
        Assert.Contains("no RunId", Refused("stop-run/1", Convert.FromHexString("022F02")), StringComparison.Ordinal);
        Assert.Contains("announces", Refused("stop-run/1", Convert.FromHexString("FFFFFFFF0F")), StringComparison.Ordinal);
        Assert.Contains("longer than 64 bits", Refused("stop-run/1", [.. Enumerable.Repeat((byte)0xff, 12)]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_does_not_show_in_the_message_about_it()
    {
        var step = new PauseStep(new DurationRange(TimeSpan.Zero, TimeSpan.Zero));
        Assert.NotNull(step);
        var bytes = WireMessages.Encode(new RunProtocol.SubmitRun(new RunOrder(new RunId("r"), WithHeader("{{env.A}}"), "", DateTimeOffset.UnixEpoch)));
        var at = bytes.AsSpan().IndexOf("{{env.A}}"u8);
        "{{pass.A}"u8.CopyTo(bytes.AsSpan(at));
        Assert.DoesNotContain("pass", Refused("submit-run/1", bytes), StringComparison.Ordinal);
    }

    private static Scenario WithHeader(string value) => new()
    {
        Name = "s",
        BaseUrl = new Uri("http://127.0.0.1/"),
        Load = LoadPlan.Closed([]),
        UserTypes = [],
        Http = new HttpSettings { Headers = [new HeaderTemplate("A", Template.Parse(value, isSecret: true))] },
    };

    private static void DecodesOrSaysWhy(string manifest, byte[] bytes)
    {
        try
        {
            WireMessages.Decode(manifest, bytes);
        }
        catch (WireFormatException e)
        {
            Assert.NotEqual("", e.Message);
        }
    }

    private static string Refused(string manifest, byte[] bytes) =>
        Assert.Throws<WireFormatException>(() => WireMessages.Decode(manifest, bytes)).Message;

    private static string Hex(IActorLoadMessage message) => Convert.ToHexString(WireMessages.Encode(message));
}
