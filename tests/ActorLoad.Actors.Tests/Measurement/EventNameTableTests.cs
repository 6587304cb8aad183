using System.Text;
using ActorLoad.Actors.Measurement;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class EventNameTableTests
{
    private readonly EventNameTable _table = new();

    [Fact]
    public void An_event_without_a_name_is_a_message()
    {
        Count("");
        Count("message");
        Count("tick");
        Assert.Equal([("message", 2L), ("tick", 1L)], Take());
        Assert.Empty(Take());
        Count("tick");
        Assert.Equal([("tick", 1L)], Take());
    }

    [Fact]
    public void Names_are_compared_byte_by_byte()
    {
        Count("Tick");
        Count("tick");
        Count("tíck");
        Assert.Equal(3, Take().Length);
    }

    [Fact]
    public void Names_without_end_fill_the_table_once_and_then_count_as_other()
    {
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 1000; i++)
            {
                Count($"name-{i}");
            }
        }

        var counts = Take().ToDictionary(c => c.Name, c => c.Count);
        Assert.Equal(2000, counts.Values.Sum());
        Assert.Equal(199, counts.Count);
        Assert.Equal(2, counts["name-0"]);
        Assert.Equal(2, counts["name-197"]);
        Assert.Equal(2 * (1000 - 198), counts[EventNameTable.Other]);
    }

    [Fact]
    public void A_name_beyond_200_bytes_takes_no_place()
    {
        Count(new string('n', 200));
        Count(new string('n', 201));
        Assert.Equal([(EventNameTable.Other, 1L), (new string('n', 200), 1L)], Take());
    }

    [Fact]
    public void What_many_threads_count_under_new_and_known_names_is_what_the_windows_hold_together()
    {
        const int each = 400_000;
        var names = Enumerable.Range(0, 100).Select(i => Encoding.UTF8.GetBytes($"n{i}")).ToArray();
        var sums = new Dictionary<string, long>();
        Threads.Run(
            thread =>
            {
                for (var i = 0; i < each; i++)
                {
                    _table.Count(names[(i + thread) % names.Length]);
                }
            },
            () =>
            {
                foreach (var (name, count) in _table.Take())
                {
                    sums[name] = sums.GetValueOrDefault(name) + count;
                }
            });

        Assert.Equal(names.Length, sums.Count);
        Assert.All(sums.Values, sum => Assert.Equal(Threads.Count * each / names.Length, sum));
    }

    private void Count(string name) => _table.Count(Encoding.UTF8.GetBytes(name));

    private (string Name, long Count)[] Take() => [.. _table.Take().Select(c => (c.Name, c.Count))];
}
