using System.Text;
using ActorLoad.Actors.Framing;

namespace ActorLoad.Actors.Tests.Framing;

/// <summary>Runs a decoder over bytes cut in every imaginable way, under a pool and a feed buffer that punish stale slices.</summary>
internal static class Decoding
{
    public const int Plenty = 1024 * 1024;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static List<string> Whole(byte[] bytes, string lastEventId = "", int maxLine = Plenty, int maxEvent = Plenty, bool exact = false) =>
        Chunks(bytes, [], lastEventId, maxLine, maxEvent, exact);

    public static List<string> Whole(string text, string lastEventId = "") => Whole(Bytes(text), lastEventId);

    public static List<string> ByteByByte(byte[] bytes, string lastEventId = "", int maxLine = Plenty, int maxEvent = Plenty, bool exact = false) =>
        Chunks(bytes, Enumerable.Range(1, Math.Max(0, bytes.Length - 1)), lastEventId, maxLine, maxEvent, exact);

    /// <param name="bytes">The stream.</param>
    /// <param name="cuts">Ascending positions; the same one twice makes an empty feed.</param>
    /// <param name="lastEventId">The stream's last event id before.</param>
    /// <param name="maxLine">Limit in bytes.</param>
    /// <param name="maxEvent">Limit in bytes.</param>
    /// <param name="exact">Records bytes rather than text.</param>
    /// <returns>What the handler saw, and a last record for a limit that was exceeded.</returns>
    public static List<string> Chunks(
        byte[] bytes,
        IEnumerable<int> cuts,
        string lastEventId = "",
        int maxLine = Plenty,
        int maxEvent = Plenty,
        bool exact = false)
    {
        var seen = new Seen(exact);
        // Exact sizes make a buffer grow at each append: more strict, but too slow for long streams.
        var pool = new StrictPool(powersOfTwo: bytes.Length > 2000);
        using (var decoder = new SseDecoder(seen, maxLine, maxEvent, Bytes(lastEventId), pool))
        {
            try
            {
                var start = 0;
                foreach (var cut in cuts.Append(bytes.Length))
                {
                    var chunk = bytes[start..cut];
                    decoder.Feed(chunk);
                    Array.Fill(chunk, (byte)'#');
                    start = cut;
                }
            }
            catch (SseLimitException e)
            {
                seen.Records.Add(Seen.Failed(e.Reason));
            }
        }

        Assert.Equal(0, pool.Outstanding);
        return seen.Records;
    }

    /// <summary>Asserts that any one cut, any two cuts (streams up to 400 bytes) and single bytes give the same as the whole.</summary>
    public static void AssertSameHoweverSplit(byte[] bytes, List<string> expected, string lastEventId = "", int maxLine = Plenty, int maxEvent = Plenty)
    {
        Assert.Equal(expected, Whole(bytes, lastEventId, maxLine, maxEvent));
        Assert.Equal(expected, ByteByByte(bytes, lastEventId, maxLine, maxEvent));
        for (var first = 0; first <= bytes.Length; first++)
        {
            Assert.Equal(expected, Chunks(bytes, [first], lastEventId, maxLine, maxEvent));
            for (var second = first; second <= bytes.Length && bytes.Length <= 400; second++)
            {
                Assert.Equal(expected, Chunks(bytes, [first, second], lastEventId, maxLine, maxEvent));
            }
        }
    }
}
