using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Load;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Measurement.Clocks;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Users;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using Akka.Streams;

namespace ActorLoad.Actors.Coordination;

/// <summary>What a worker holds for the run in hand: transport, recorder, plan. Disposing it closes the transport, and what users walked away from.</summary>
internal sealed class WorkerRun : IDisposable
{
    private readonly ISseConnector _connector;
    private readonly AbandonedStreams _abandoned = new();
    private readonly UserProfile[] _profiles;
    private readonly UserTypePattern _pattern;

    /// <exception cref="InvalidDataException">The scenario needs something that this machine lacks (a TLS file, say).</exception>
    public WorkerRun(WorkerProtocol.Prepare prepare, WorkerId worker, Func<Scenario, ISseConnector> connect, IMaterializer materializer, TimeProvider time)
    {
        Run = prepare.Run;
        Scenario = prepare.Order.Scenario;
        var share = prepare.Roster.EntryOf(worker)!.Shares.Single();
        var segment = new Segment(share, share + 1, prepare.Roster.Of);
        Recorder = new WorkerRecorder(Scenario.UserTypes, time);
        _connector = connect(Scenario);
        var services = new ConnectionServices(_connector, materializer, time) { Abandoned = _abandoned };
        _profiles = [.. Scenario.UserTypes.Select((t, i) => new UserProfile(Scenario, t, Recorder.UserTypes[i], services))];
        _pattern = new UserTypePattern(Scenario.UserTypes);
        Clock = Scenario.Clock.UseTarget
            ? new ClockKeeper(_connector, RequestBuilder.BuildClock(Scenario, time), Scenario.Clock, Recorder.Delivery, time)
            : null;

        if (Scenario.Load.Model == LoadModel.Open)
        {
            Arrivals = new ArrivalPacer(Scenario.Load, segment);
        }
        else
        {
            var places = new UserPlaces(Scenario.Load, segment, Scenario.UserTypes, _pattern);
            Pacer = new UserPacer(Scenario.Load, segment, places);
        }
    }

    public RunId Run { get; }

    public Scenario Scenario { get; }

    public WorkerRecorder Recorder { get; }

    /// <summary>Null in the open model.</summary>
    public UserPacer? Pacer { get; }

    /// <summary>Null in the closed model.</summary>
    public ArrivalPacer? Arrivals { get; }

    /// <summary>Null when latencies are on this machine's own clock.</summary>
    public ClockKeeper? Clock { get; }

    public UserProfile ProfileOf(long userId) => _profiles[_pattern.TypeOf(userId)];

    public void Dispose()
    {
        Clock?.Dispose();
        _abandoned.Dispose();
        _connector.Dispose();
    }
}
