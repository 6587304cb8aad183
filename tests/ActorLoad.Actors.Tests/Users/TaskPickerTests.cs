using ActorLoad.Actors.Users;
using ActorLoad.Messages.Scenarios;
using CsCheck;

namespace ActorLoad.Actors.Tests.Users;

public sealed class TaskPickerTests
{
    [Fact]
    public void Tasks_come_in_proportion_to_their_weights()
    {
        var picker = PickerOf(1, 3, 6);
        var random = new Random(7);
        var counts = new int[3];
        for (var i = 0; i < 100_000; i++)
        {
            counts[picker.Pick(random)]++;
        }

        Assert.InRange(counts[0], 9_500, 10_500);
        Assert.InRange(counts[1], 29_500, 30_500);
        Assert.InRange(counts[2], 59_500, 60_500);
    }

    [Fact]
    public void Every_draw_has_its_task() =>
        Gen.Int[1, 5].Array[1, 6].Sample(weights =>
        {
            var picker = PickerOf(weights);
            var expected = weights.SelectMany((weight, task) => Enumerable.Repeat(task, weight));

            Assert.Equal(expected, Enumerable.Range(0, weights.Sum()).Select(at => picker.Pick(new Fixed(at))));
        });

    private static TaskPicker PickerOf(params int[] weights) =>
        new([.. weights.Select((weight, i) => new TaskDefinition($"t{i}", weight, []))]);

    private sealed class Fixed(int value) : Random
    {
        public override int Next(int maxValue) => value < maxValue ? value : throw new ArgumentOutOfRangeException(nameof(maxValue));
    }
}
