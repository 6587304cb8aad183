using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Users;

/// <summary>
/// Parent of all users of a worker. It starts and stops them as it is told, in the order of their ids; a user that fails in
/// a way nobody foresaw is stopped and counted as crashed, never restarted: its place stays empty.
/// </summary>
internal sealed class UsersActor : UntypedActor
{
    private readonly Func<long, UserProfile> _profileOf;
    private readonly Dictionary<long, UserProfile> _active = [];
    private readonly HashSet<long> _leaving = [];
    private long _lastExhausted = -1;
    private bool _stopping;

    public UsersActor(Func<long, UserProfile> profileOf) => _profileOf = profileOf;

    public static Props Props(Func<long, UserProfile> profileOf) => Akka.Actor.Props.Create(() => new UsersActor(profileOf));

    // Stop whatever escalated out of a user; its siblings go on.
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: -1, withinTimeMilliseconds: -1, OnCrash, loggingEnabled: false);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Start start:
                OnStart(start.UserId);
                break;
            case Stop stop when Context.Child(NameOf(stop.UserId)) is { } user && !user.IsNobody():
                _leaving.Add(stop.UserId);
                user.Tell(new UserProtocol.Stop(StopMode.Graceful));
                break;
            case Stop:
                break;
            case StopAll all:
                _stopping = true;
                foreach (var child in Context.GetChildren())
                {
                    child.Tell(new UserProtocol.Stop(all.Mode));
                }

                TellIfIdle();
                break;
            case UserProtocol.Ended ended:
                _active.Remove(ended.UserId);
                Context.Parent.Tell(new Gone(ended.UserId, Crashed: false));
                TellIfIdle();
                break;
            case CheckIdle:
                TellIfIdle();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnStart(long id)
    {
        if (_active.ContainsKey(id) && !_leaving.Contains(id))
        {
            // Asked for twice: by the plan, and again after it had to wait for its predecessor.
            return;
        }

        var name = NameOf(id);
        if (!Context.Child(name).IsNobody())
        {
            // Its predecessor is still on its way out.
            Context.Parent.Tell(new NotYet(id));
            return;
        }

        var profile = _profileOf(id);
        if (profile.Feeds.ExhaustedFor(id) is { } feed)
        {
            OnExhausted(id, profile, feed);
            return;
        }

        _leaving.Remove(id);
        _active[id] = profile;
        Context.ActorOf(UserActor.Props(id, profile), name);
    }

    // Nobody is told, as of a user that sits still: its place stays empty, and the plan does not ask for another one. Users
    // start in the order of their ids, so one number remembers whom it has happened to.
    private void OnExhausted(long id, UserProfile profile, string feed)
    {
        if (id > _lastExhausted)
        {
            _lastExhausted = id;
            profile.Recorder.Worker.Failures.Count(
                FailureWhere.User, FailureReason.FeedExhausted, $"the feed '{feed}' has no row for user {id}");
        }
    }

    private Directive OnCrash(Exception error)
    {
        if (long.TryParse(Sender.Path.Name.AsSpan("user-".Length), out var id) && _active.Remove(id, out var profile))
        {
            var cause = error.InnerException ?? error;
            profile.Recorder.Count(Counter.UsersCrashed);
            profile.Recorder.Worker.Failures.Count(FailureWhere.User, FailureReason.Crash, $"{cause.GetType().Name}: {cause.Message}");
            Context.Parent.Tell(new Gone(id, Crashed: true));
            Self.Tell(CheckIdle.Instance);
        }

        return Directive.Stop;
    }

    private void TellIfIdle()
    {
        // Before the end no user may be active for a moment only: a word of that would be stale when it arrives.
        if (_stopping && _active.Count == 0)
        {
            Context.Parent.Tell(Idle.Instance);
        }
    }

    private static string NameOf(long id) => $"user-{id}";

    public sealed record Start(long UserId) : INoSerializationVerificationNeeded;

    public sealed record Stop(long UserId) : INoSerializationVerificationNeeded;

    public sealed record StopAll(StopMode Mode) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: this user has ended.</summary>
    public sealed record Gone(long UserId, bool Crashed) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: this user cannot start yet, ask again.</summary>
    public sealed record NotYet(long UserId) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: after <see cref="StopAll"/>, no user is active any more.</summary>
    public sealed class Idle : INoSerializationVerificationNeeded
    {
        public static readonly Idle Instance = new();
    }

    private sealed class CheckIdle : INoSerializationVerificationNeeded
    {
        public static readonly CheckIdle Instance = new();
    }
}
