using ActorLoad.Actors.Stats;
using ActorLoad.Messages.Identifiers;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace ActorLoad.Actors.Tests.Stats;

public sealed class WindowOutboxTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _problems = [];

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void At_most_fifty_are_on_their_way_and_every_acknowledgement_makes_room()
    {
        var outbox = Outbox(null);
        for (var n = 0; n < 60; n++)
        {
            Add(outbox, n);
            Assert.Equal(n < 50 ? [n] : [], Next(outbox));
        }

        outbox.Acknowledge(7);
        Assert.Equal([50], Next(outbox));
        outbox.Acknowledge(55);
        Assert.Empty(Next(outbox));
        Assert.False(outbox.IsEmpty);
    }

    [Fact]
    public void Without_a_spool_what_is_acknowledged_is_gone()
    {
        var outbox = Outbox(null);
        for (var n = 0; n < 5; n++)
        {
            Add(outbox, n);
        }

        Next(outbox);
        outbox.Acknowledge(1);
        outbox.Acknowledge(3);
        outbox.ResendFrom(0);
        Assert.Equal([0, 2, 4], Next(outbox));
    }

    [Fact]
    public void With_a_spool_all_can_be_reported_again_from_any_number_on()
    {
        using var spool = Spool();
        var outbox = Outbox(spool, first: 3);
        for (var n = 3; n < 120; n++)
        {
            Add(outbox, n);
            Next(outbox).ForEach(outbox.Acknowledge);
        }

        Assert.True(outbox.IsEmpty);
        foreach (var from in (int[])[100, 0])
        {
            outbox.ResendFrom(from);
            Assert.False(outbox.IsEmpty);
            var again = new List<int>();
            while (!outbox.IsEmpty)
            {
                var next = Next(outbox);
                Assert.InRange(next.Count, 1, WindowOutbox.MostInFlight);
                again.AddRange(next);
                next.ForEach(outbox.Acknowledge);
            }

            Assert.Equal(Enumerable.Range(Math.Max(from, 3), 120 - Math.Max(from, 3)), again);
        }
    }

    [Fact]
    public void Reported_again_is_also_what_was_on_its_way_and_an_older_one_stays_on_it()
    {
        using var spool = Spool();
        var outbox = Outbox(spool);
        for (var n = 0; n < 4; n++)
        {
            Add(outbox, n);
        }

        Next(outbox);
        outbox.ResendFrom(2);
        Assert.Equal([2, 3], Next(outbox));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([0, 1, 2, 3], outbox.TakeOverdue().Select(w => w.Number));
        Assert.Empty(outbox.TakeOverdue());
    }

    [Fact]
    public void What_the_disk_does_not_take_stays_in_memory_with_one_word_of_it_and_goes_there_when_it_does()
    {
        var path = Path.Combine(_folder, "in-the-way", "w.windows");
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "in-the-way"), "");
        using var spool = new WindowSpool(path);
        var outbox = Outbox(spool);
        for (var n = 0; n < 3; n++)
        {
            Add(outbox, n);
            Next(outbox).ForEach(outbox.Acknowledge);
        }

        Assert.Contains(path, Assert.Single(_problems), StringComparison.Ordinal);
        outbox.ResendFrom(0);
        Assert.Equal([0, 1, 2], Next(outbox));
        File.Delete(Path.Combine(_folder, "in-the-way"));
        Add(outbox, 3);
        Assert.Equal([0, 1, 2, 3], spool.Numbers.Order());
        Assert.Single(_problems);
    }

    [Fact]
    public void Memory_is_bounded_when_the_disk_takes_nothing_and_what_is_unacknowledged_is_never_given_up()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "in-the-way"), "");
        using var spool = new WindowSpool(Path.Combine(_folder, "in-the-way", "w.windows"));
        var outbox = Outbox(spool);
        for (var n = 0; n < WindowOutbox.MostKept + 100; n++)
        {
            Add(outbox, n);
            Next(outbox).Where(sent => sent != 0).ToList().ForEach(outbox.Acknowledge);
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([0], outbox.TakeOverdue().Select(w => w.Number));
        outbox.Acknowledge(0);
        outbox.ResendFrom(0);
        var kept = new List<int>();
        for (var next = Next(outbox); next.Count > 0; next = Next(outbox))
        {
            kept.AddRange(next);
            next.ForEach(outbox.Acknowledge);
        }

        Assert.Equal([0, .. Enumerable.Range(101, WindowOutbox.MostKept - 1)], kept);
    }

    [Fact]
    public void Whatever_is_lost_on_the_way_every_window_arrives() =>
        Gen.Select(Gen.Int[0, 3].Array[1, 200], Gen.Bool, Gen.Int[0, 80]).Sample((steps, onDisk, resendAt) =>
        {
            using var spool = onDisk ? new WindowSpool(Path.Combine(_folder, Path.GetRandomFileName())) : null;
            var outbox = Outbox(spool);
            var arrived = new SortedSet<int>();
            var added = 0;
            foreach (var step in steps)
            {
                if (step != 0)
                {
                    Add(outbox, added++);
                }

                if (added == resendAt)
                {
                    // A coordinator that has nothing; without a spool it has to make do with what the last one had not.
                    outbox.ResendFrom(0);
                    arrived.RemoveWhere(_ => onDisk);
                }

                _time.Advance(TimeSpan.FromSeconds(1));
                foreach (var number in Next(outbox).Concat(outbox.TakeOverdue().Select(w => w.Number)))
                {
                    if (step >= 2)
                    {
                        arrived.Add(number);
                    }

                    if (step == 3)
                    {
                        outbox.Acknowledge(number);
                    }
                }
            }

            for (var tries = 0; !outbox.IsEmpty; tries++)
            {
                Assert.InRange(tries, 0, 1000);
                _time.Advance(TimeSpan.FromSeconds(1));
                foreach (var number in Next(outbox).Concat(outbox.TakeOverdue().Select(w => w.Number)))
                {
                    arrived.Add(number);
                    outbox.Acknowledge(number);
                }
            }

            Assert.Equal(Enumerable.Range(0, added), arrived);
        }, threads: 1);

    private WindowSpool Spool() => new(Path.Combine(_folder, "w.windows"));

    private WindowOutbox Outbox(WindowSpool? spool, int first = 0) => new(first, spool, _time, _problems.Add);

    private static void Add(WindowOutbox outbox, int number) =>
        outbox.Add(Coordination.Windows.Create(new RunId("run"), new WorkerId("w"), number));

    private static List<int> Next(WindowOutbox outbox) => [.. outbox.TakeNext().Select(w => w.Number)];
}
