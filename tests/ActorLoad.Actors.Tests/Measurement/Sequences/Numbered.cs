using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Tests.Measurement.Sequences;

/// <summary>A stream whose events are numbered, fed with bytes as a target would send them, and what was counted.</summary>
internal sealed class Numbered : ISseHandler
{
    private readonly bool _resume;
    private readonly WorkerRecorder _worker = new([new UserType { Name = "reader", Tasks = [new TaskDefinition("read", 1, [])] }]);
    private readonly long _user;
    private SseDecoder _decoder;
    private double _now;
    private int _windows;

    public Numbered(string sequence = "id", string key = "", string heartbeat = "", string sentAt = "", bool resume = true, long user = 7)
    {
        (_resume, _user) = (resume, user);
        var plan = new MeasurePlan(new MeasureSettings { Sequence = sequence, Key = key, Heartbeat = heartbeat, SentAt = sentAt });
        Meter = new StreamMeter(_worker.UserTypes[0].Stream("main"), plan, _user, _resume);
        _decoder = new SseDecoder(this, 1024, 4096, default);
        Open();
    }

    public StreamMeter Meter { get; }

    /// <summary>Brought up to date by <see cref="Take"/>.</summary>
    public StatsTotals Totals { get; } = new();

    public (long Sequenced, long Missed, long Duplicated, long Reordered) Counts
    {
        get
        {
            Take();
            return (Totals[Counter.EventsSequenced], Totals[Counter.EventsMissed], Totals[Counter.EventsDuplicated], Totals[Counter.EventsReordered]);
        }
    }

    /// <summary>Measure errors, as "reason sample" each.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            Take();
            Assert.Equal(Totals[Counter.MeasureErrors], Totals.Failures.Values.Where(f => f.Where == FailureWhere.Measure).Sum(f => f.Count));
            return [.. Totals.Failures.Values.Where(f => f.Where == FailureWhere.Measure).Select(f => $"{f.Count} {f.Reason.Name()} {f.Sample}")];
        }
    }

    public StatsWindow Take()
    {
        var window = _worker.TakeWindow(new RunId("run"), new WorkerId("w"), _windows++, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1));
        Totals.Add(window);
        return window;
    }

    public Numbered Ids(params IEnumerable<object> ids)
    {
        foreach (var id in ids)
        {
            Send($"id: {id}\ndata: x\n\n");
        }

        return this;
    }

    public Numbered Data(params string[] data)
    {
        foreach (var one in data)
        {
            Send($"data: {one}\n\n");
        }

        return this;
    }

    public Numbered Send(string text)
    {
        Meter.OnRead(text.Length, Measured.At(_now));
        _decoder.Feed(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public Numbered Later(double milliseconds)
    {
        _now += milliseconds;
        return this;
    }

    public Numbered Reconnect()
    {
        Meter.OnLost(FailureReason.Eof, "gone", Measured.At(_now));
        _decoder = new SseDecoder(this, 1024, 4096, _resume ? "1"u8 : default);
        Open();
        return this;
    }

    public void OnEvent(in SseEvent e) => Meter.OnEvent(e);

    public void OnComment(ReadOnlySpan<byte> text) => Meter.OnComment(text);

    public void OnRetry(long milliseconds) => Meter.OnRetry(milliseconds);

    public void OnLastEventId(ReadOnlySpan<byte> id)
    {
    }

    private void Open() => Meter.OnOpened(new StreamResponse(Stream.Null, "http://t/", Measured.At(_now), Measured.At(_now), false), 1, "");
}
