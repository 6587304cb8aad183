using System.Diagnostics;
using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement;

/// <summary>A meter and what it measured so far. Times are whole milliseconds on a clock of its own.</summary>
internal sealed class Measured
{
    private readonly WorkerRecorder _worker;
    private int _windows;

    public Measured(string heartbeat = "")
    {
        _worker = new WorkerRecorder([new UserType { Name = "reader", Tasks = [new TaskDefinition("read", 1, [])] }]);
        Meter = new StreamMeter(_worker.UserTypes[0].Stream("main"), new MeasurePlan(new MeasureSettings { Heartbeat = heartbeat }));
    }

    public StreamMeter Meter { get; }

    /// <summary>Everything that was taken so far; brought up to date by <see cref="Take"/>.</summary>
    public StatsTotals Totals { get; } = new();

    public long StreamsOpen => _worker[Gauge.StreamsOpen].Level;

    public static long At(double milliseconds) => (long)((1_000_000 + milliseconds) * Stopwatch.Frequency / 1000);

    public Measured Take()
    {
        Totals.Add(_worker.TakeWindow(
            new RunId("run"), new WorkerId("w"), _windows++, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1)));
        return this;
    }

    public void Open(double requestAt, double headersAt, int attempt = 1) =>
        Meter.OnOpened(new StreamResponse(Stream.Null, "http://t/", At(requestAt), At(headersAt), false), attempt, "");

    public void Read(double at, int count = 10) => Meter.OnRead(count, At(at));

    public void Event(string type = "", string data = "d") =>
        Meter.OnEvent(new SseEvent(Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(data), default));

    public long Count(Timing timing) => Totals.Timings.TryGetValue(timing, out var histogram) ? histogram.TotalCount : 0;

    /// <summary>How many values of this timing lie at this time.</summary>
    public long CountAt(Timing timing, double milliseconds) =>
        Totals.Timings.TryGetValue(timing, out var histogram) ? histogram.GetCountAtValue((long)(milliseconds * 1000)) : 0;
}
