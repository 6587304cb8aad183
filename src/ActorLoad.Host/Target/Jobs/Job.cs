using ActorLoad.Host.Target.Channels;

namespace ActorLoad.Host.Target.Jobs;

/// <summary>A pretended piece of work: ten `progress` events, 10 to 100 percent, then `done`, one step at a time.</summary>
internal sealed class Job(string id, EventRing ring, TargetClock clock)
{
    /// <summary>Id of the `done` event.</summary>
    public const int LastEvent = 11;

    private volatile bool _delivered;

    public string Id { get; } = id;

    public EventRing Ring { get; } = ring;

    public bool IsDone => Ring.Newest >= LastEvent;

    /// <summary>Whether some stream has received `done`; then there is nothing more to tell anybody.</summary>
    public bool IsDelivered
    {
        get => _delivered;
        set => _delivered = value;
    }

    /// <summary>Publishes the next event; false when that was the last.</summary>
    public bool Step()
    {
        Ring.Publish(this, static (id, self) => id < LastEvent ? self.Progress(id, "progress", 10 * id) : self.Progress(id, "done", 100, ends: true));
        return !IsDone;
    }

    private EventFrame Progress(long id, string type, long percent, bool ends = false) => EventFormat.Format(
        id,
        "jobs",
        type,
        clock,
        (Id, percent),
        static (json, s) =>
        {
            json.WriteString("job", s.Id);
            json.WriteNumber("percent", s.percent);
        },
        ends);
}
