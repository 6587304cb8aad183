using System.Net;
using ActorLoad.Actors.Transport.Dialing;

namespace ActorLoad.Actors.Tests.Transport.Dialing;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("127.0.1.7", 1, "127.0.1.7", "127.0.1.7")]
    [InlineData("127.0.1.1-127.0.1.9", 9, "127.0.1.1", "127.0.1.9")]
    [InlineData("10.0.0.255 - 10.0.1.1", 3, "10.0.0.255", "10.0.1.1")]
    [InlineData("10.0.0.1-10.0.0.1", 1, "10.0.0.1", "10.0.0.1")]
    [InlineData("10.1.2.0/24", 254, "10.1.2.1", "10.1.2.254")]
    [InlineData("10.1.2.77/24", 254, "10.1.2.1", "10.1.2.254")]
    [InlineData("10.1.2.0/30", 2, "10.1.2.1", "10.1.2.2")]
    [InlineData("10.1.2.4/31", 2, "10.1.2.4", "10.1.2.5")]
    [InlineData("10.1.2.4/32", 1, "10.1.2.4", "10.1.2.4")]
    [InlineData("10.1.0.0/16", 65_534, "10.1.0.1", "10.1.255.254")]
    [InlineData("255.255.255.255", 1, "255.255.255.255", "255.255.255.255")]
    [InlineData("::1", 1, "::1", "::1")]
    public void A_range_runs_from_its_first_to_its_last_address(string text, int count, string first, string last)
    {
        var range = AddressRange.Parse(text)!;
        Assert.Equal((count, IPAddress.Parse(first), IPAddress.Parse(last)), (range.Count, range[0], range[count - 1]));
        Assert.Equal(range[0].AddressFamily, range.Family);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("/")]
    [InlineData("localhost")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("127.0.0.1.1")]
    [InlineData("127.0.0.256")]
    [InlineData("127.0.0.9-127.0.0.1")]
    [InlineData("127.0.0.1-")]
    [InlineData("127.0.0.1-9")]
    [InlineData("127.0.0.1-127.1.0.1")]
    [InlineData("10.0.0.0/15")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("::1-::9")]
    [InlineData("fd00::/120")]
    [InlineData("[::1]")]
    public void What_is_no_range_is_refused(string text) => Assert.Null(AddressRange.Parse(text));
}
