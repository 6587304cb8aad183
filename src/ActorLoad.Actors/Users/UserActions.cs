using System.Net;
using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users.Steps;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Users;

/// <summary>What the steps of one user can do, in terms of its actor. Used by its user actor only.</summary>
internal sealed class UserActions : IUserActions, IDisposable
{
    private readonly UserProfile _profile;
    private readonly UserStreams _streams;
    private readonly IActorRef _self;
    private readonly Func<ITimerScheduler> _timers;
    private readonly TemplateContext _context;
    private readonly CookieContainer? _cookies;
    private Action<ExpectationChain>? _onMet;
    private CancellationTokenSource? _requests;
    private int _token;

    public UserActions(long id, UserProfile profile, UserStreams streams, IActorRef self, Func<ITimerScheduler> timers)
    {
        _profile = profile;
        _streams = streams;
        _self = self;
        _timers = timers;
        _context = new TemplateContext(id, profile.Type.Name, profile.Services.Time);
        _cookies = profile.Scenario.Http.Cookies ? new CookieContainer() : null;
    }

    public StreamSlot? Find(string stream) => _streams.Find(stream);

    public StreamSlot Open(SubscribeStep step, ExpectationChain? chain)
    {
        var meter = _profile.CreateMeter(step.Settings.Measure);
        var request = RequestBuilder.Build(step, _profile.Scenario, _context) with { Cookies = _cookies, Timer = meter };
        var slot = new StreamSlot(new StreamContext(step.Stream, request, step.Resume, step.Settings, meter), meter);
        if (chain is not null)
        {
            slot.Arm(chain);
        }

        _streams.Open(slot);
        return slot;
    }

    public void Drop(StreamSlot slot) => slot.Connection?.Tell(ConnectionCommands.Drop.Instance);

    public void Reconnect(StreamSlot slot) => slot.Connection?.Tell(ConnectionCommands.Reconnect.Instance);

    public void Close(StreamSlot slot) => _streams.Close(slot);

    public void Send(RequestStep step, int token)
    {
        var request = RequestBuilder.Build(step, _profile.Scenario, _context) with { Cookies = _cookies };
        _requests ??= new CancellationTokenSource();
        SendAsync(step, request, token, _requests.Token).PipeTo(_self);
    }

    public string Render(Template template) => template.Render(_context);

    public int NewToken() => ++_token;

    public void StartTimer(int token, TimeSpan after) =>
        _timers().StartSingleTimer(token, new UserSignal.Elapsed(token), after);

    public void StopTimer(int token) => _timers().Cancel(token);

    public ExpectationChain CreateChain(IReadOnlyList<Expectation> expectations)
    {
        _onMet ??= chain => _self.Tell(new UserSignal.Met(chain), ActorRefs.NoSender);
        return new ExpectationChain(expectations, _onMet);
    }

    public TimeSpan Draw(DurationRange range) => range.Draw(Random.Shared);

    public void Dispose()
    {
        _requests?.Cancel();
        _requests?.Dispose();
    }

    // Records where the response ends, not when the user's mailbox gets to it.
    private async Task<UserSignal> SendAsync(RequestStep step, StreamRequest request, int token, CancellationToken stopped)
    {
        var recorder = _profile.Recorder;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        deadline.CancelAfter(step.Within);
        RequestResult result;
        var start = _profile.Services.Time.GetTimestamp();
        try
        {
            result = await _profile.Services.Connector.SendAsync(request, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            var ticks = _profile.Services.Time.GetTimestamp() - start;
            result = new RequestResult(0, FailureReason.Timeout, $"no response within {step.Within.TotalSeconds:0.###} s", ticks);
            if (stopped.IsCancellationRequested)
            {
                // The user is gone; what it did not wait for did not fail.
                return new UserSignal.Responded(token, result);
            }
        }

        recorder.Count(Counter.Requests);
        recorder.Record(Timing.RequestTime, result.Ticks);
        if (result.Failure is not null || !RequestRun.IsExpected(step, result.Status))
        {
            recorder.Count(Counter.RequestsFailed);
            recorder.Worker.Failures.Count(
                FailureWhere.Request,
                result.Failure ?? FailureReason.UnexpectedStatus,
                $"{step.Method} {step.Path.Source}: {(result.Failure is null ? $"the server answered {result.Status}" : result.Message)}");
        }

        return new UserSignal.Responded(token, result);
    }
}
