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

    [Params("nothing", "sequence id", "sequence /seq", "sequence /seq, key /from", "sent-at /ts", "sequence id, sent-at /ts")]
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
        var plan = new MeasurePlan(new MeasureSettings { Sequence = Field("sequence"), Key = Field("key"), SentAt = Field("sent-at") });
        _meter = new StreamMeter(worker.UserTypes[0].Stream("main"), plan);
        _number = 1_000_000_000;
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public long Measure()
    {
        for (var i = 0; i < Events; i++)
        {
            Utf8Formatter.TryFormat(_number++, _id, out _);
            _id.CopyTo(_data, _numberAt);
            _meter.OnRead(_data.Length, _readAt += 1_000_000);
            _meter.OnEvent(new SseEvent("update"u8, _data, _id));
        }

        return _meter.Events;
    }

    private string Field(string name) =>
        Measured.Split(", ").FirstOrDefault(f => f.StartsWith(name + " ", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";
}
