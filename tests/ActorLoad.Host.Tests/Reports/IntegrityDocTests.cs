using System.Text;
using System.Text.RegularExpressions;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>The examples of "Delivery integrity" in docs/measurement.md are held against the engine.</summary>
public sealed partial class IntegrityDocTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "measurement.md"));

    public static TheoryData<string, long, long, long> Examples
    {
        get
        {
            var data = new TheoryData<string, long, long, long>();
            foreach (Match example in Example().Matches(Regex.Match(Page, "```integrity\n(.*?)```", RegexOptions.Singleline).Groups[1].Value))
            {
                data.Add(example.Groups[1].Value.Trim(), long.Parse(example.Groups[2].Value), long.Parse(example.Groups[3].Value), long.Parse(example.Groups[4].Value));
            }

            return data;
        }
    }

    [Fact]
    public void There_are_examples() => Assert.Equal(9, Examples.Count);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_comes_out_as_it_says(string ids, long missed, long duplicated, long reordered)
    {
        var worker = new WorkerRecorder([new UserType { Name = "reader", Tasks = [] }]);
        var meter = new StreamMeter(worker.UserTypes[0].Stream("main"), new MeasurePlan(new MeasureSettings { Sequence = "id" }));
        foreach (var id in ids.Split(' '))
        {
            meter.OnEvent(new SseEvent([], "x"u8, Encoding.UTF8.GetBytes(id)));
        }

        var window = worker.TakeWindow(new RunId("run"), new WorkerId("w"), 0, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1));
        var counters = window.UserTypes[0].Counters;
        Assert.Equal(
            (missed, duplicated, reordered),
            (counters[(int)Counter.EventsMissed], counters[(int)Counter.EventsDuplicated], counters[(int)Counter.EventsReordered]));
        Assert.Equal(ids.Split(' ').Count(i => !char.IsDigit(i[^1])), counters[(int)Counter.MeasureErrors]);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorLoad.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^([^#\n]+?)->\s+(\d+)\s+(\d+)\s+(\d+)$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
