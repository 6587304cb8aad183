using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
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
    private readonly HashSet<long> _exhausted = [];
    private readonly Dictionary<int, HashSet<long>> _releases = [];
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
                OnStart(start);
                break;
            case Stop stop when Context.Child(NameOf(stop.UserId)) is { } user && !user.IsNobody():
                _leaving.Add(stop.UserId);
                user.Tell(new UserProtocol.Stop(StopMode.Graceful, RunEnds: false));
                break;
            case Stop:
                break;
            case StopAll all:
                _stopping = true;
                foreach (var child in Context.GetChildren())
                {
                    child.Tell(new UserProtocol.Stop(all.Mode, RunEnds: true));
                }

                TellIfIdle();
                break;
            case Release release:
                OnRelease(release);
                break;
            case CutRelease cut:
                foreach (var id in _releases.GetValueOrDefault(cut.Epoch) ?? [])
                {
                    Context.Child(NameOf(id)).Tell(new UserProtocol.Stop(StopMode.Now, RunEnds: true));
                }

                break;
            case Storm storm:
                OnStorm(storm);
                break;
            case UserProtocol.Ended ended:
                _active.Remove(ended.UserId);
                var byItself = !_stopping && !_leaving.Contains(ended.UserId);
                Context.Parent.Tell(new Gone(ended.UserId, Crashed: false, byItself));
                TellIfReleased(ended.UserId);
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

    private void OnStart(Start start)
    {
        var id = start.UserId;
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
            OnExhausted(start, profile, feed);
            return;
        }

        _leaving.Remove(id);
        _active[id] = profile;
        Context.ActorOf(UserActor.Props(id, profile, start.DueAt), name);
    }

    private void OnRelease(Release release)
    {
        var going = _active.Keys.Where(id => release.Shares.Contains((int)(id % release.Of))).ToHashSet();
        foreach (var id in going)
        {
            // Whoever has the share next opens its streams anew: these are closed, whatever leaving does otherwise.
            _leaving.Add(id);
            Context.Child(NameOf(id)).Tell(new UserProtocol.Stop(StopMode.Graceful, RunEnds: true));
        }

        _releases[release.Epoch] = going;
        TellIfReleased(-1);
    }

    private void TellIfReleased(long gone)
    {
        foreach (var (epoch, going) in _releases)
        {
            going.Remove(gone);
            if (going.Count == 0)
            {
                _releases.Remove(epoch);
                Context.Parent.Tell(new Released(epoch));
            }
        }
    }

    private void OnStorm(Storm storm)
    {
        var message = new UserProtocol.Storm(storm.Number, storm.Drop);
        foreach (var (id, profile) in _active)
        {
            if (storm.Drop.UserType is null || storm.Drop.UserType == profile.Type.Name)
            {
                Context.Child(NameOf(id)).Tell(message);
            }
        }
    }

    // Its place stays empty: whoever came instead would have no row either. A plan that asks for the same user again does not
    // make it another one; arrivals come once only.
    private void OnExhausted(Start start, UserProfile profile, string feed)
    {
        if (start.DueAt is not null || _exhausted.Add(start.UserId))
        {
            profile.Recorder.Worker.Failures.Count(
                FailureWhere.User, FailureReason.FeedExhausted, $"the feed '{feed}' has no row for user {start.UserId}");
        }

        Context.Parent.Tell(new Gone(start.UserId, Crashed: false, ByItself: false));
    }

    private Directive OnCrash(Exception error)
    {
        if (long.TryParse(Sender.Path.Name.AsSpan("user-".Length), out var id) && _active.Remove(id, out var profile))
        {
            var cause = error.InnerException ?? error;
            profile.Recorder.Count(Counter.UsersCrashed);
            profile.Recorder.Worker.Failures.Count(FailureWhere.User, FailureReason.Crash, $"{cause.GetType().Name}: {cause.Message}");
            Context.Parent.Tell(new Gone(id, Crashed: true, ByItself: false));
            TellIfReleased(id);
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

    /// <param name="DueAt">When its arrival was due, in timestamp ticks; null in the closed model.</param>
    public sealed record Start(long UserId, long? DueAt = null) : INoSerializationVerificationNeeded;

    public sealed record Stop(long UserId) : INoSerializationVerificationNeeded;

    public sealed record StopAll(StopMode Mode) : INoSerializationVerificationNeeded;

    /// <summary>Stops all users of these shares, whose ids are theirs modulo <paramref name="Of"/>; answered by <see cref="Released"/> when they are gone.</summary>
    public sealed record Release(int Epoch, int Of, IReadOnlySet<int> Shares) : INoSerializationVerificationNeeded;

    /// <summary>Whoever has not gone yet since that <see cref="Release"/> ends at once.</summary>
    public sealed record CutRelease(int Epoch) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: the users of a <see cref="Release"/> are gone.</summary>
    public sealed record Released(int Epoch) : INoSerializationVerificationNeeded;

    /// <summary>One of the scenario's events-at, by its index.</summary>
    public sealed record Storm(int Number, StormDrop Drop) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: this user has ended.</summary>
    /// <param name="ByItself">Because of its iterations or its lifetime; nobody has asked it to.</param>
    public sealed record Gone(long UserId, bool Crashed, bool ByItself) : INoSerializationVerificationNeeded;

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
