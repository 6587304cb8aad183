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
    private readonly long _id;
    private readonly UserProfile _profile;
    private readonly UserStreams _streams;
    private readonly IActorRef _self;
    private readonly Func<ITimerScheduler> _timers;
    private TemplateContext _context;
    private readonly CookieContainer? _cookies;
    private readonly UserRequests _requests;
    private Dictionary<string, string>? _variables;
    private Action<ExpectationChain>? _onMet;
    private int _token;

    public UserActions(long id, UserProfile profile, UserStreams streams, IActorRef self, Func<ITimerScheduler> timers)
    {
        _id = id;
        _profile = profile;
        _streams = streams;
        _self = self;
        _timers = timers;
        _context = new TemplateContext(id, profile.Type.Name, profile.Services.Time) { Feeds = profile.Feeds };
        _cookies = profile.Scenario.Http.Cookies ? new CookieContainer() : null;
        _requests = new UserRequests(profile, _cookies, self);
    }

    public StreamSlot? Find(string stream) => _streams.Find(stream);

    public StreamSlot Open(SubscribeStep step, ExpectationChain? chain)
    {
        var meter = _profile.CreateMeter(step, _id);
        var until = step.Until is { } marker ? new DoneMatch(marker) : null;
        if (until is not null)
        {
            meter.ExpectCompletion();
        }

        var request = RequestBuilder.Build(step, _profile.Scenario, _context) with { Cookies = _cookies, Timer = meter };
        var slot = new StreamSlot(new StreamContext(step.Stream, request, step.Resume, step.Settings, meter) { Until = until }, meter);
        if (chain is not null)
        {
            slot.Arm(chain);
        }

        _streams.Open(slot);
        return slot;
    }

    public void Drop(StreamSlot slot)
    {
        if (slot.Connection is { } connection)
        {
            connection.Tell(ConnectionCommands.Drop.Instance);
        }
        else
        {
            // Its predecessor of the same name is still leaving: it will start on hold.
            slot.Stream.Cursor.OnHold = true;
        }
    }

    public void Reconnect(StreamSlot slot)
    {
        if (slot.Connection is { } connection)
        {
            connection.Tell(ConnectionCommands.Reconnect.Instance);
        }
        else
        {
            slot.Stream.Cursor.OnHold = false;
            _self.Tell(new UserSignal.Reconnecting(slot));
        }
    }

    public void Close(StreamSlot slot) => _streams.Close(slot);

    public void Abandon(StreamSlot slot) => _streams.Abandon(slot);

    public void Send(RequestStep step, int token) => _requests.Send(step, token, _context);

    public void EndRequest(int token) => _requests.End(token);

    public string Render(Template template) => template.Render(_context);

    public void SetVariable(string name, string value)
    {
        if (_variables is null)
        {
            _context = _context with { Variables = _variables = [] };
        }

        _variables[name] = value;
    }

    public int NewToken() => ++_token;

    public void StartTimer(int token, TimeSpan after) =>
        _timers().StartSingleTimer(token, new UserSignal.Elapsed(token), after);

    public void StopTimer(int token) => _timers().Cancel(token);

    public ExpectationChain CreateChain(IReadOnlyList<Expectation?> expectations)
    {
        _onMet ??= chain => _self.Tell(new UserSignal.Met(chain), ActorRefs.NoSender);
        return new ExpectationChain(expectations, _onMet);
    }

    public TimeSpan Draw(DurationRange range) => range.Draw(Random.Shared);

    public void Dispose() => _requests.Dispose();
}
