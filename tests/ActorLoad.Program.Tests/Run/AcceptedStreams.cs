using System.Text.Json.Nodes;

namespace ActorLoad.Program.Tests.Run;

/// <summary>What the accept log of the target (or of several, one after the other) tells about a storm's recovery.</summary>
internal sealed class AcceptedStreams
{
    private readonly List<(long At, long Streams)> _slots;
    private readonly long _start;

    /// <param name="from">Unix ms; slots that lie before, or from <paramref name="until"/> on, are left out.</param>
    public AcceptedStreams(string log, long from, long until)
    {
        _start = from;

        // The storm's start lies somewhere within a slot.
        _slots = [.. File.ReadLines(log).Select(l => JsonNode.Parse(l)!)
            .Select(s => ((long)s["at"]!, (long)s["streams"]!))
            .Where(s => s.Item1 > from - 100 && s.Item1 < until)];
    }

    public long Total => _slots.Sum(s => s.Streams);

    /// <summary>Between which moments, in ms after the start, so many streams had been accepted.</summary>
    public (long From, long To) WhenAccepted(long count)
    {
        foreach (var (at, streams) in _slots)
        {
            count -= streams;
            if (count <= 0)
            {
                return (at - _start, at - _start + 100);
            }
        }

        throw new InvalidOperationException($"{count} streams too few were accepted");
    }

    /// <summary>The most within ten slots in a row, and within eleven: any second lies within eleven and covers nine whole ones.</summary>
    public (long Least, long Most) PeakPerSecond => (Most(900), Most(1100));

    private long Most(long length) => _slots.Max(first => _slots.Where(s => s.At >= first.At && s.At < first.At + length).Sum(s => s.Streams));
}
