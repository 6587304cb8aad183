using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Measurement.Clocks;
using ActorLoad.Actors.Stats;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using Akka.Streams;

namespace ActorLoad.Actors.Coordination;

/// <summary>What a worker holds for the run in hand: transport, recorder, roster. Disposing it closes the transport, and what users walked away from.</summary>
internal sealed class WorkerRun : IDisposable
{
    private readonly WorkerId _worker;
    private readonly ISseConnector _connector;
    private readonly AbandonedStreams _abandoned = new();
    private readonly UserProfile[] _profiles;
    private Roster _roster = null!;

    /// <exception cref="InvalidDataException">The scenario needs something that this machine lacks (a TLS file, say).</exception>
    public WorkerRun(WorkerProtocol.Prepare prepare, WorkerOptions worker, IMaterializer materializer)
    {
        _worker = worker.Id;
        Order = prepare.Order;
        Roster = prepare.Roster;
        var time = worker.Time;
        Recorder = new WorkerRecorder(Scenario.UserTypes, time);
        Pattern = new UserTypePattern(Scenario.UserTypes);
        Spool = worker.SpoolFolder is { } folder ? new SpoolFiles(folder, Run, worker.Id) : null;
        _connector = worker.Connect(Scenario);
        try
        {
            var services = new ConnectionServices(_connector, materializer, time) { Abandoned = _abandoned };
            _profiles = [.. Scenario.UserTypes.Select((t, i) => new UserProfile(Scenario, t, Recorder.UserTypes[i], services))];
            Clock = Scenario.Clock.UseTarget
                ? new ClockKeeper(_connector, RequestBuilder.BuildClock(Scenario, time), Scenario.Clock, Recorder.Delivery, time)
                : null;
        }
        catch
        {
            _connector.Dispose();
            throw;
        }
    }

    public RunOrder Order { get; }

    public RunId Run => Order.Run;

    public Scenario Scenario => Order.Scenario;

    /// <summary>The newest that is known.</summary>
    public Roster Roster
    {
        get => _roster;
        set
        {
            _roster = value;
            Entry = value.EntryOf(_worker) ?? new RosterEntry(_worker, "", 0, RosterState.Active, []);
        }
    }

    /// <summary>This worker's own row of it; one that is not listed takes part without users.</summary>
    public RosterEntry Entry { get; private set; } = null!;

    public WorkerRecorder Recorder { get; }

    public UserTypePattern Pattern { get; }

    /// <summary>Null when latencies are not on the target's clock.</summary>
    public ClockKeeper? Clock { get; }

    /// <summary>Null when nothing is kept on disk.</summary>
    public SpoolFiles? Spool { get; }

    /// <summary>What the coordinator was told when it asked to prepare; null while the target has not told the time yet.</summary>
    public WorkerProtocol.Prepared? Answer { get; set; }

    /// <summary>Offset zero of the plan on the coordinator's clock; null before it has said when.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public WorkerProtocol.RunDescription Description => new(Order, Roster, StartedAt);

    public UserProfile ProfileOf(long userId) => _profiles[Pattern.TypeOf(userId)];

    public void Dispose()
    {
        Clock?.Dispose();
        _abandoned.Dispose();
        _connector.Dispose();
    }
}
