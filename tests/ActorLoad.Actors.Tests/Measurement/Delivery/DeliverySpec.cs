using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement.Delivery;

/// <summary>Streams whose clock a test moves by hand, and what they measured so far.</summary>
public abstract class DeliverySpec
{
    protected static MeasureSettings SentAt { get; } = new() { SentAt = "/ts" };

    private protected readonly HandClock _time = new();
    private protected readonly WorkerRecorder _worker;
    private protected readonly StatsTotals _totals = new();
    private protected StatsWindow? _window;

    protected DeliverySpec() =>
        _worker = new WorkerRecorder([new UserType { Name = "reader", Tasks = [new TaskDefinition("read", 1, [])] }], _time);

    private protected double NowMs => _time.NowUs / 1000.0;

    private protected static string Data(double unixMs) => FormattableString.Invariant($$"""{"ts": {{unixMs:F3}}}""");

    private protected StreamMeter NewMeter(MeasureSettings settings) => new(_worker.UserTypes[0].Stream("main"), new MeasurePlan(settings));

    private protected StreamMeter Open(MeasureSettings settings)
    {
        var meter = NewMeter(settings);
        Open(meter, 1, "");
        return meter;
    }

    private protected void Open(StreamMeter meter, int attempt, string lastEventId)
    {
        var requested = _time.Stamp;
        _time.Advance(1);
        meter.OnOpened(new StreamResponse(Stream.Null, "http://t/", requested, _time.Stamp, false), attempt, lastEventId);
    }

    private protected void Read(StreamMeter meter, string data, string type = "", string id = "", bool ownId = true)
    {
        meter.OnRead(10, _time.Stamp);
        Event(meter, data, type, id, ownId);
        _time.Advance(1);
    }

    private protected static void Event(StreamMeter meter, string data, string type = "", string id = "", bool ownId = true) => meter.OnEvent(
        new SseEvent(Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(data), Encoding.UTF8.GetBytes(id), ownId));

    private protected void Batch(StreamMeter meter, int events)
    {
        meter.OnRead(100, _time.Stamp);
        for (var i = events; i >= 1; i--)
        {
            Event(meter, Data(NowMs - (i * 20)));
        }
    }

    private protected StatsTotals Take()
    {
        _window = _worker.TakeWindow(new RunId("run"), new WorkerId("w"), 0, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1));
        _totals.Add(_window);
        return _totals;
    }

    private protected long Count(Timing timing, long us)
    {
        Take();
        return _totals.Timings.TryGetValue(timing, out var histogram) ? histogram.GetCountAtValue(us) : 0;
    }
}
