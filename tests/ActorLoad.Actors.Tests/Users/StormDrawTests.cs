using ActorLoad.Actors.Users;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Users;

public sealed class StormDrawTests
{
    [Theory]
    [InlineData(1.0, 1, 0)]
    [InlineData(0.5, 1, 3)]
    [InlineData(0.1, 1, 3)]
    [InlineData(0.5, 2, 3)]
    [InlineData(0.01, 1, 3)]
    public void The_share_is_met_closely_whatever_part_of_the_ids_is_asked(double fraction, int every, int slack)
    {
        var drop = new StormDrop { Fraction = fraction };
        foreach (var stream in new[] { "main", "alerts", "x" })
        {
            var taken = Enumerable.Range(0, 500).Count(i => StormDraw.CutAfter(drop, 0, i * every, stream) is not null);
            Assert.InRange(taken, (500 * fraction) - slack, (500 * fraction) + slack);
        }
    }

    [Fact]
    public void Cuts_are_spread_evenly_over_the_time_and_known_beforehand()
    {
        var drop = new StormDrop { Fraction = 0.5, Over = TimeSpan.FromSeconds(10) };
        var cuts = Enumerable.Range(0, 2000).Select(id => StormDraw.CutAfter(drop, 3, id, "main")).OfType<TimeSpan>().ToList();
        Assert.Equal(cuts, Enumerable.Range(0, 2000).Select(id => StormDraw.CutAfter(drop, 3, id, "main")).OfType<TimeSpan>());
        Assert.All(Enumerable.Range(0, 10), second => Assert.InRange(cuts.Count(c => (int)c.TotalSeconds == second), 90, 110));
    }

    [Fact]
    public void Another_storm_and_another_stream_take_others()
    {
        var drop = new StormDrop { Fraction = 0.3 };
        int[] Taken(int number, string stream) =>
            [.. Enumerable.Range(0, 300).Where(id => StormDraw.CutAfter(drop, number, id, stream) is not null)];
        Assert.NotEqual(Taken(0, "main"), Taken(1, "main"));
        Assert.NotEqual(Taken(0, "main"), Taken(0, "alerts"));
    }
}
