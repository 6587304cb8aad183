using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Node.Runs;

/// <summary>What the report of a run on a cluster says.</summary>
internal static class RunReport
{
    public static long Counter(JsonNode summary, string name) => (long)summary["counters"]![name]!;

    /// <summary>A line per second without holes, adding up to the totals.</summary>
    public static void AssertWhole(IReadOnlyList<JsonNode> timeline, JsonNode summary)
    {
        Assert.Equal(Enumerable.Range(0, timeline.Count), timeline.Select(l => (int)l["number"]!));
        Assert.Equal(Counter(summary, "events"), timeline.Sum(l => (long?)l["counters"]!["events"] ?? 0));
        Assert.Equal(Counter(summary, "connects_opened"), timeline.Sum(l => (long?)l["counters"]!["connects_opened"] ?? 0));
    }
}
