using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;
using CsCheck;

namespace ActorLoad.Messages.Tests.Plan;

public sealed class UserTypePatternTests
{
    private static readonly Gen<int[]> Weights = Gen.Int[1, 60].Array[1, 6];

    [Fact]
    public void As_many_users_as_the_weights_add_up_to_have_exactly_their_shares() => Weights.Sample(weights =>
    {
        var total = weights.Sum();
        var pattern = Pattern(weights);
        foreach (var from in new[] { 0, total, 7L * total })
        {
            var counts = new int[weights.Length];
            for (var id = from; id < from + total; id++)
            {
                counts[pattern.TypeOf(id)]++;
            }

            Assert.Equal(weights, counts);
        }
    });

    [Fact]
    public void Types_are_mixed_evenly_from_the_first_user_on() => Weights.Sample(weights =>
    {
        var total = weights.Sum();
        var pattern = Pattern(weights);
        var counts = new int[weights.Length];
        for (var id = 0; id < total; id++)
        {
            counts[pattern.TypeOf(id)]++;
            for (var t = 0; t < weights.Length; t++)
            {
                Assert.InRange(counts[t] - ((id + 1.0) * weights[t] / total), -weights.Length, weights.Length);
            }
        }
    });

    [Fact]
    public void Equal_weights_take_turns()
    {
        var pattern = Pattern(10_000, 10_000);
        Assert.Equal([0, 1, 0, 1], Enumerable.Range(0, 4).Select(i => pattern.TypeOf(i)));
        Assert.Equal(1, pattern.TypeOf(9_999_999_999));
    }

    private static UserTypePattern Pattern(params int[] weights) =>
        new([.. weights.Select((w, i) => new UserType { Name = $"t{i}", Weight = w, Tasks = [] })]);
}
