using Xunit.Abstractions;

[assembly: TestCollectionOrderer("ActorLoad.Program.Tests.LongestFirst", "ActorLoad.Program.Tests")]

namespace ActorLoad.Program.Tests;

/// <summary>
/// Tests of whole clusters wait most and take longest: begun last, one of them would go on alone while nothing else is left to run.
/// No test depends on it.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] First = ["Node.PartitionTests", "Node.Runs.", "Node.", "Tap.FramingTests", "Tap.ReconnectTests", "Run.ReadyScenarioTests"];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(c => Array.FindIndex(First, f => c.DisplayName.Contains(f, StringComparison.Ordinal)) is >= 0 and var at ? at : First.Length);
}
