using System.Text;
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

    public TaskPicker Tasks { get; } = new(type.Tasks);

    public StreamMeter CreateMeter(MeasureSettings measure) =>
        new(Recorder, Encoding.UTF8.GetBytes(measure.Heartbeat));
}
