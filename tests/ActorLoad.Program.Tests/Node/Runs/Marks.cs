using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Node.Runs;

/// <summary>What a summary says happened to the cluster.</summary>
internal static class Marks
{
    /// <summary>Seconds from the start of the run to the first mark of this kind.</summary>
    public static double First(JsonNode summary, string kind) => Of(summary).First(m => m.Kind == kind).At;

    public static IReadOnlyList<(double At, string Kind, string Node)> Of(JsonNode summary) =>
        [.. summary["run"]!["marks"]!.AsArray().Select(m => ((double)m!["at"]!, (string)m["kind"]!, (string)m["node"]!))];

    public static IReadOnlyList<string> Kinds(JsonNode summary) => [.. Of(summary).Select(m => m.Kind)];
}
