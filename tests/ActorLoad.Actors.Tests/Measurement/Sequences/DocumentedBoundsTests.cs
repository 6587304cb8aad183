using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Measurement.Sequences;

namespace ActorLoad.Actors.Tests.Measurement.Sequences;

/// <summary>The numbers that "Delivery integrity" in docs/measurement.md promises.</summary>
public sealed class DocumentedBoundsTests
{
    [Fact]
    public void The_bounds_are_those_of_the_documentation()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ActorLoad.sln")))
        {
            folder = folder.Parent;
        }

        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "measurement.md")).ReplaceLineEndings(" ");
        Assert.Equal((1L << 53, 1L << 32), (SequenceText.Highest, SequenceTracker.MaxGap));
        Assert.Contains("above 2^53; more than 2^32 above the highest", page, StringComparison.Ordinal);
        Assert.Contains($"tells {SequenceKeys.MaxKeys:#,0} keys of up to {SequenceKeys.MaxLength} bytes apart", page, StringComparison.Ordinal);
        Assert.Contains($"at most   {HoleList.DefaultCapacity} of them a stream", page, StringComparison.Ordinal);
        Assert.Contains($"Up to {IntegritySamples.MaxPerKind} samples of each kind", page, StringComparison.Ordinal);
    }
}
