using System.Text;
using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users;
using ActorLoad.Actors.Users.Steps;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Users.Steps;

/// <summary>
/// A user without actors: it runs one list of steps, writes down what the steps ask for, and lets a test say what happens.
/// </summary>
internal sealed class FakeUser : IUserActions
{
    private static readonly UserType Type = new() { Name = "fake", Tasks = [new TaskDefinition("t", 1, [])] };

    private readonly UserTypeRecorder _recorder = new WorkerRecorder([Type]).UserTypes[0];
    private readonly Dictionary<string, StreamSlot> _slots = [];
    private readonly Dictionary<string, StreamSlot> _replaced = [];
    private readonly Dictionary<int, TimeSpan> _timers = [];
    private SequenceRun? _run;
    private readonly Dictionary<string, string> _variables = [];
    private int _token;

    /// <summary>Where the list of steps stands.</summary>
    public StepResult Result { get; private set; }

    public List<string> Asked { get; } = [];

    /// <summary>Requests that no step waits for any more.</summary>
    public List<int> EndedRequests { get; } = [];

    /// <summary>How long each timer runs that is neither over nor taken back, in the order of their start.</summary>
    public IReadOnlyList<TimeSpan> Timers => [.. _timers.OrderBy(t => t.Key).Select(t => t.Value)];

    /// <summary>How often an armed expectation was met, whether or not a step cared.</summary>
    public int Met { get; private set; }

    public void Run(params Step[] steps)
    {
        _run = new SequenceRun(steps, this);
        Result = _run.Start();
    }

    public void Cancel() => _run!.Cancel();

    public void Signal(UserSignal signal)
    {
        if (Result.State == StepState.Pending)
        {
            Result = _run!.OnSignal(signal);
        }
    }

    /// <summary>Gives the user a stream that an earlier list of steps has opened.</summary>
    public StreamSlot Has(string stream, bool open = true)
    {
        var slot = Open(new SubscribeStep { Stream = stream, Path = Template.Literal("/") }, null);
        Asked.Clear();
        slot.IsOpen = open;
        return slot;
    }

    /// <summary>The connection has taken up the reconnect that a step asked for.</summary>
    public void TakenUp(string stream) => Signal(new UserSignal.Reconnecting(_slots[stream]));

    public void Opened(string stream)
    {
        _slots[stream].IsOpen = true;
        Signal(new UserSignal.Opened(_slots[stream]));
    }

    /// <summary>A stream that the user no longer has opens after all.</summary>
    public void ReplacedOpened(string stream) => Signal(new UserSignal.Opened(_replaced[stream]));

    public void Lost(string stream, FailureReason reason, Disposition disposition = Disposition.Restart)
    {
        var slot = _slots[stream];
        var failure = new ConnectionFailure(reason, 0, $"because of {reason.Name()}", disposition);
        slot.IsOpen = false;
        slot.Ended = disposition == Disposition.Stop ? failure : null;
        Signal(new UserSignal.Lost(slot, failure));
    }

    public void Completed(string stream)
    {
        _slots[stream].IsOpen = false;
        _slots[stream].IsComplete = true;
        Signal(new UserSignal.Completed(_slots[stream]));
    }

    public void Event(string stream, string data = "", string type = "") =>
        _slots[stream].Meter.OnEvent(new SseEvent(Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(data), []));

    /// <summary>An event with an id of its own.</summary>
    public void Numbered(string stream, long id) =>
        _slots[stream].Meter.OnEvent(new SseEvent([], "x"u8, Encoding.UTF8.GetBytes($"{id}")));

    public void Comment(string stream) => _slots[stream].Meter.OnComment([]);

    /// <summary>The timer that was started as number <paramref name="index"/> of those that run goes off.</summary>
    public void Elapse(int index = 0)
    {
        var token = _timers.Keys.Order().ElementAt(index);
        _timers.Remove(token);
        Signal(new UserSignal.Elapsed(token));
    }

    public void Respond(int token, int status, FailureReason? failure = null) =>
        Signal(new UserSignal.Responded(token, new RequestResult(status, failure, "made to fail", 1)));

    public void Respond(int token, ExtractedValues extracted) =>
        Signal(new UserSignal.Responded(token, new RequestResult(200, null, "", 1), extracted));

    public void AssertPassed() => Assert.Equal(StepResult.Passed, Result);

    public void AssertPending() => Assert.Equal(StepResult.Pending, Result);

    public void AssertFailed(FailureReason reason)
    {
        Assert.Equal((StepState.Failed, reason), (Result.State, Result.Reason));
        Assert.NotEqual("", Result.Message);
        Assert.Empty(Timers);
    }

    public StreamSlot? Find(string stream) => _slots.GetValueOrDefault(stream);

    public StreamSlot Open(SubscribeStep step, ExpectationChain? chain)
    {
        if (step.Path.Source == "no url")
        {
            throw new FormatException("the path 'no url' gives no http URL");
        }

        Asked.Add($"open {step.Stream}");
        var meter = new StreamMeter(_recorder.Stream(step.Stream), new MeasurePlan(step.Settings.Measure));
        var request = new StreamRequest { Url = new Uri("http://fake.test/") };
        var slot = new StreamSlot(new StreamContext(step.Stream, request, step.Resume, step.Settings, meter), meter);
        if (chain is not null)
        {
            slot.Arm(chain);
        }

        if (_slots.Remove(step.Stream, out var replaced))
        {
            _replaced[step.Stream] = replaced;
        }

        _slots.Add(step.Stream, slot);
        return slot;
    }

    public void Drop(StreamSlot slot) => Asked.Add($"drop {slot.Stream.Name}");

    public void Reconnect(StreamSlot slot) => Asked.Add($"reconnect {slot.Stream.Name}");

    public void Close(StreamSlot slot)
    {
        Asked.Add($"close {slot.Stream.Name}");
        _slots.Remove(slot.Stream.Name);
    }

    public void Abandon(StreamSlot slot)
    {
        Asked.Add($"abandon {slot.Stream.Name}");
        _slots.Remove(slot.Stream.Name);
    }

    public void Send(RequestStep step, int token)
    {
        if (step.Path.Source == "no url")
        {
            throw new FormatException("the path 'no url' gives no http URL");
        }

        Asked.Add($"send {step.Path.Source} {token}");
    }

    public void EndRequest(int token) => EndedRequests.Add(token);

    public string Render(Template template) =>
        template.Render(new TemplateContext(42, "fake", TimeProvider.System) { Variables = _variables });

    public void SetVariable(string name, string value) => _variables[name] = value;

    public int NewToken() => ++_token;

    public void StartTimer(int token, TimeSpan after) => _timers.Add(token, after);

    public void StopTimer(int token) => _timers.Remove(token);

    public ExpectationChain CreateChain(IReadOnlyList<Expectation?> expectations) => new(expectations, chain =>
    {
        Met++;
        Signal(new UserSignal.Met(chain));
    });

    public TimeSpan Draw(DurationRange range) => range.Min;
}
