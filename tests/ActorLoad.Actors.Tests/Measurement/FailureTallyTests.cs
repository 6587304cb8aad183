using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class FailureTallyTests
{
    private readonly FailureTally _tally = new();

    [Fact]
    public void Failures_are_grouped_by_place_and_reason_with_the_first_ones_text()
    {
        _tally.Count(FailureWhere.Connect, FailureReason.Status, "first");
        _tally.Count(FailureWhere.Connect, FailureReason.Status, "second");
        _tally.Count(FailureWhere.Disconnect, FailureReason.Status, "other place");
        Assert.Equal(
            [
                new FailureCount(FailureWhere.Connect, FailureReason.Status, 2, "first"),
                new FailureCount(FailureWhere.Disconnect, FailureReason.Status, 1, "other place"),
            ],
            _tally.Take().OrderBy(f => f.Where));
        Assert.Empty(_tally.Take());
        _tally.Count(FailureWhere.Connect, FailureReason.Status, "third");
        Assert.Equal([new FailureCount(FailureWhere.Connect, FailureReason.Status, 1, "first")], _tally.Take());
    }

    [Theory]
    [InlineData(300, 300)]
    [InlineData(301, 301)]
    [InlineData(1_000_000, 301)]
    public void A_sample_is_cut_at_300_characters(int length, int kept)
    {
        _tally.Count(FailureWhere.Task, FailureReason.AwaitTimeout, new string('x', length));
        var sample = Assert.Single(_tally.Take()).Sample;
        Assert.Equal(kept, sample.Length);
        Assert.Equal(length > 300, sample.EndsWith('…'));
    }

    [Fact]
    public void What_many_threads_count_is_what_the_windows_hold_together()
    {
        const int each = 400_000;
        FailureReason[] reasons = [FailureReason.Eof, FailureReason.Reset];
        var sums = new Dictionary<FailureReason, long>();
        Threads.Run(
            thread =>
            {
                for (var i = 0; i < each; i++)
                {
                    _tally.Count(FailureWhere.Disconnect, reasons[(i + thread) % 2], "text");
                }
            },
            () =>
            {
                foreach (var failure in _tally.Take())
                {
                    sums[failure.Reason] = sums.GetValueOrDefault(failure.Reason) + failure.Count;
                }
            });

        Assert.All(reasons, r => Assert.Equal(Threads.Count * each / 2, sums[r]));
    }
}
