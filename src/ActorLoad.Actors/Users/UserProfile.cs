using System.Collections.Concurrent;
using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users;

/// <summary>What all users of one type share on this worker.</summary>
internal sealed class UserProfile(Scenario scenario, UserType type, UserTypeRecorder recorder, ConnectionServices services)
{
    public Scenario Scenario { get; } = scenario;

    public UserType Type { get; } = type;

    public UserTypeRecorder Recorder { get; } = recorder;

    public ConnectionServices Services { get; } = services;

    /// <summary>What this type's templates show of the scenario's feeds.</summary>
    public FeedFields Feeds { get; } = new(scenario, type);

    public TaskPicker Tasks { get; } = new(type.Tasks);

    private readonly ConcurrentDictionary<MeasureSettings, MeasurePlan> _measures = new();

    /// <exception cref="FormatException">A measured field is no JSON pointer.</exception>
    public StreamMeter CreateMeter(SubscribeStep step, long user) =>
        new(Recorder.Stream(step.Stream), _measures.GetOrAdd(step.Settings.Measure, static m => new MeasurePlan(m)), user, step.Resume)
        {
            ReadsFreely = step.Settings is { ReadRate: 0, StopReadingAfterBytes: 0 } && step.Settings.StopReadingAfter == TimeSpan.Zero,
            ComesBack = step.Settings.Reconnect.Enabled && step.Until is null,
        };
}
