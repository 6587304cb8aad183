using ActorLoad.Messages.Scenarios;
using CsCheck;

namespace ActorLoad.Messages.Tests.Scenarios;

public sealed class DurationRangeTests
{
    [Fact]
    public void Draws_stay_within_the_bounds() => Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 10_000], Gen.Int).Sample((min, width, seed) =>
    {
        var range = new DurationRange(TimeSpan.FromMilliseconds(min), TimeSpan.FromMilliseconds(min + width));
        Assert.InRange(range.Draw(new Random(seed)), range.Min, range.Max);
    });

    [Fact]
    public void Draws_are_spread_over_the_range()
    {
        var range = new DurationRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        var random = new Random(1);
        var draws = Enumerable.Range(0, 1000).Select(_ => range.Draw(random).TotalSeconds).ToList();
        Assert.InRange(draws.Min(), 1, 1.05);
        Assert.InRange(draws.Max(), 2.95, 3);
        Assert.InRange(draws.Average(), 1.9, 2.1);
    }

    [Fact]
    public void Equal_bounds_are_constant() =>
        Assert.Equal(TimeSpan.FromSeconds(2), new DurationRange(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)).Draw(new Random(1)));
}
