using ActorLoad.Host.Reports.Verdicts;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

public class DoubtTextTests
{
    [Theory]
    [InlineData(GeneratorDoubtKind.SchedulingLag, 870.4, "14 s to 19 s: scheduling lag up to 870 ms")]
    [InlineData(GeneratorDoubtKind.Cpu, 0.973, "14 s to 19 s: CPU up to 97 % of all processors")]
    [InlineData(GeneratorDoubtKind.GcPause, 0.23, "14 s to 19 s: garbage collection held all threads for up to 23 % of a second")]
    [InlineData(GeneratorDoubtKind.ThreadPoolQueue, 1203, "14 s to 19 s: work waited for a thread all the time, in the worst second never fewer than 1,203 items")]
    [InlineData(GeneratorDoubtKind.ReadBacklog, 1200.9, "14 s to 19 s: received bytes waited up to 1,201 ms to be measured")]
    [InlineData(GeneratorDoubtKind.ArrivalsDropped, 12, "14 s to 19 s: 12 arrivals dropped")]
    public void Each_kind_is_told_with_its_time_and_its_worst(GeneratorDoubtKind kind, double peak, string expected)
    {
        var doubt = new GeneratorDoubt(kind, "a#7", 14, 19, peak);
        Assert.Equal([expected], DoubtText.Of([doubt], namesWorkers: false));
        Assert.Equal(["worker a#7, " + expected], DoubtText.Of([doubt], namesWorkers: true));
    }

    [Theory]
    [InlineData(GeneratorDoubtKind.WorkerLost, 0.25, "worker a#7, 14 s to 19 s: it was lost, and 25 % of the users with it")]
    [InlineData(GeneratorDoubtKind.WindowsMissing, 5, "worker a#7, 14 s to 19 s: up to 5 seconds of what it measured are missing: neither it nor a coordinator has them any more")]
    public void A_worker_that_is_gone_is_always_named(GeneratorDoubtKind kind, double peak, string expected) =>
        Assert.Equal([expected], DoubtText.Of([new GeneratorDoubt(kind, "a#7", 14, 19, peak)], namesWorkers: false));
}
