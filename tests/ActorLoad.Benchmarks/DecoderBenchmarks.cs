using System.Globalization;
using System.Text;
using ActorLoad.Actors.Framing;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;

namespace ActorLoad.Benchmarks;

/// <summary>
/// What the decoder alone costs per typical event (120 bytes: an id, a type, one data line) with a handler that looks at
/// the event's length only. Times and allocations are per event.
/// </summary>
[MemoryDiagnoser]
public class DecoderBenchmarks
{
    private const int Events = 1024;
    private const int EventBytes = 120;

    private readonly byte[] _stream = Stream();
    private readonly CountingHandler _handler = new();
    private readonly SseDecoder _decoder;

    public DecoderBenchmarks() => _decoder = new SseDecoder(_handler, 1024 * 1024, 8 * 1024 * 1024, default);

    /// <summary>
    /// Bytes in one feed: 120 = every feed is one event, 1920 = 16 whole events, 4096 = a socket read that cuts an event
    /// somewhere, 16 = a trickle that cuts nearly every line.
    /// </summary>
    [Params(16, EventBytes, 16 * EventBytes, 4096)]
    public int FeedBytes { get; set; }

    public static int Run(string[] options)
    {
        var summaries = BenchmarkSwitcher.FromTypes([typeof(DecoderBenchmarks)]).Run(["--filter", "*", .. options]);
        return summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.Length > 0 && s.Reports.All(r => r.Success)) ? 0 : 1;
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public long Decode()
    {
        var rest = _stream.AsSpan();
        while (rest.Length > FeedBytes)
        {
            _decoder.Feed(rest[..FeedBytes]);
            rest = rest[FeedBytes..];
        }

        _decoder.Feed(rest);
        return _handler.Bytes;
    }

    private static byte[] Stream()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Events; i++)
        {
            var head = string.Create(CultureInfo.InvariantCulture, $"id: {100_000 + i}\nevent: update\ndata: ");
            var json = string.Create(CultureInfo.InvariantCulture, $"{{\"ts\":{1_760_000_000_000 + i},\"seq\":{100_000 + i},\"text\":\"");
            text.Append(head).Append(json);
            text.Append('x', EventBytes - head.Length - json.Length - "\"}\n\n".Length);
            text.Append("\"}\n\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private sealed class CountingHandler : ISseHandler
    {
        public long Bytes { get; private set; }

        public void OnEvent(in SseEvent e) => Bytes += e.Type.Length + e.Data.Length;

        public void OnComment(ReadOnlySpan<byte> text) => Bytes += text.Length;

        public void OnRetry(long milliseconds) => Bytes += milliseconds;

        public void OnLastEventId(ReadOnlySpan<byte> id) => Bytes += id.Length;
    }
}
