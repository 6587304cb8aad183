using System.Buffers.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Scenarios;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;

namespace ActorLoad.Benchmarks;

/// <summary>
/// What measuring adds to a typical event (about 120 bytes of JSON data with a number and a sending time): compare with the row
/// of "nothing". Times and allocations are per event.
/// </summary>
[MemoryDiagnoser]
public class MeasureBenchmarks
{
    private const int Events = 1024;
    private const int Digits = 10;

    private readonly byte[] _id = new byte[Digits];
    private readonly byte[] _data;
    private readonly int _numberAt;
    private StreamMeter _meter = null!;
    private long _number;
    private long _readAt;

    public MeasureBenchmarks()
    {
        var sentAt = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 5;
        var head = $$"""{"ts":{{sentAt}},"from":"publisher-7","text":"Something new has happened","seq":""";
        _data = System.Text.Encoding.UTF8.GetBytes(head + new string('0', Digits) + ",\"value\":17}");
        _numberAt = head.Length;
    }

    /// <summary>sequence=id, sequence=/seq and so on; "all" is a number, a key and a sending time out of the data.</summary>
    [Params("nothing", "sequence=id", "sequence=/seq", "sequence+key", "sent-at=/ts", "sequence=id+sent-at", "all")]
    public string Measured { get; set; } = "";

    public static int Run(string[] options)
    {
        var summaries = BenchmarkSwitcher.FromTypes([typeof(MeasureBenchmarks)]).Run(["--filter", "*", .. options]);
        return summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.Length > 0 && s.Reports.All(r => r.Success)) ? 0 : 1;
    }

    [GlobalSetup]
    public void Setup()
    {
        var worker = new WorkerRecorder([new UserType { Name = "reader", Tasks = [] }]);
        _meter = new StreamMeter(worker.UserTypes[0].Stream("main"), new MeasurePlan(Settings()));
        _number = 1_000_000_000;
        _readAt = TimeProvider.System.GetTimestamp();
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public long Measure()
    {
        for (var i = 0; i < Events; i++)
        {
            Utf8Formatter.TryFormat(_number++, _id, out _);
            _id.CopyTo(_data, _numberAt);
            _meter.OnRead(_data.Length, _readAt += 1_000);
            _meter.OnEvent(new SseEvent("update"u8, _data, _id));
        }

        return _meter.Events;
    }

    private MeasureSettings Settings() => Measured switch
    {
        "sequence=id" => new() { Sequence = "id" },
        "sequence=/seq" => new() { Sequence = "/seq" },
        "sequence+key" => new() { Sequence = "/seq", Key = "/from" },
        "sent-at=/ts" => new() { SentAt = "/ts" },
        "sequence=id+sent-at" => new() { Sequence = "id", SentAt = "/ts" },
        "all" => new() { Sequence = "/seq", Key = "/from", SentAt = "/ts" },
        _ => new(),
    };
}
