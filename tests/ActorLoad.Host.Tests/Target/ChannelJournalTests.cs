using System.Text;
using ActorLoad.Host.Target;
using ActorLoad.Host.Target.Channels;

namespace ActorLoad.Host.Tests.Target;

public sealed class ChannelJournalTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void What_was_appended_is_read_back_byte_for_byte()
    {
        var written = Append(1, 20, capacity: 100);
        var read = ChannelJournal.Read(_path);
        Assert.Equal(written.Select(f => (f.Id, f.Type, Encoding.UTF8.GetString(f.Bytes))), read.Select(f => (f.Id, f.Type, Encoding.UTF8.GetString(f.Bytes))));
    }

    [Fact]
    public void An_event_torn_off_at_any_byte_is_left_out()
    {
        Append(1, 3, capacity: 100);
        var whole = File.ReadAllBytes(_path);
        var second = ChannelJournal.Read(_path).Take(2).Sum(f => f.Bytes.Length);
        for (var length = second; length < whole.Length; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);
            Assert.Equal([1L, 2L], ChannelJournal.Read(_path).Select(f => f.Id));
        }
    }

    [Fact]
    public void After_a_torn_event_the_file_goes_on_cleanly()
    {
        Append(1, 3, capacity: 100);
        using (var file = new FileStream(_path, FileMode.Open))
        {
            file.SetLength(file.Length - 5);
        }

        Append(3, 4, capacity: 100);
        Assert.Equal([1L, 2L, 3L, 4L], ChannelJournal.Read(_path).Select(f => f.Id));
    }

    [Fact]
    public void The_file_never_holds_more_than_twice_the_capacity_and_loses_nothing_of_it()
    {
        using var journal = new ChannelJournal(_path, capacity: 10);
        for (var id = 1L; id <= 200; id++)
        {
            journal.Append(SampleEvents.Create("main", id, seed: 1, new TargetClock(TimeSpan.Zero)));
            var held = ChannelJournal.Read(_path);
            Assert.InRange(held.Count, Math.Min(id, 10), 20);
            Assert.Equal(id, held[^1].Id);
        }
    }

    private List<EventFrame> Append(long from, long to, int capacity)
    {
        using var journal = new ChannelJournal(_path, capacity);
        var frames = TargetTest.Range(from, to).Select(id => SampleEvents.Create("main", id, seed: 1, new TargetClock(TimeSpan.Zero))).ToList();
        frames.ForEach(journal.Append);
        return frames;
    }
}
