using System.Text;
using ActorLoad.Actors.Connections;

namespace ActorLoad.Actors.Tests.Connections;

public sealed class StreamCursorTests
{
    private readonly StreamCursor _cursor = new();

    [Fact]
    public void A_new_cursor_has_no_id()
    {
        Assert.True(_cursor.LastEventId.IsEmpty);
        Assert.Equal("", _cursor.LastEventIdText);
    }

    [Fact]
    public void It_keeps_a_copy_of_the_bytes()
    {
        var id = "41"u8.ToArray();
        _cursor.SetLastEventId(id);
        id[0] = (byte)'9';

        Assert.Equal("41", _cursor.LastEventIdText);
    }

    [Fact]
    public void A_shorter_id_leaves_nothing_of_a_longer_one()
    {
        _cursor.SetLastEventId("a-rather-long-id-of-an-event"u8);
        _cursor.SetLastEventId("7"u8);

        Assert.Equal("7", _cursor.LastEventIdText);
    }

    [Fact]
    public void An_empty_id_takes_it_back()
    {
        _cursor.SetLastEventId("7"u8);
        _cursor.SetLastEventId([]);

        Assert.Equal("", _cursor.LastEventIdText);
    }

    [Fact]
    public void Text_is_utf8_with_replacement()
    {
        _cursor.SetLastEventId(Encoding.UTF8.GetBytes("é→😀"));
        Assert.Equal("é→😀", _cursor.LastEventIdText);

        _cursor.SetLastEventId([0x61, 0xFF]);
        Assert.Equal("a\uFFFD", _cursor.LastEventIdText);
    }
}
