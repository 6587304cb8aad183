using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Coordination;

/// <summary>Scenarios of one user type whose users do their only task once and then think for hours.</summary>
internal static class SmallScenario
{
    public static readonly TimeSpan Long = TimeSpan.FromHours(1);

    /// <param name="stages">(seconds, users); a stage of no length jumps.</param>
    public static Scenario Create(params (double Seconds, int Users)[] stages) => new()
    {
        Name = "small",
        BaseUrl = new Uri("http://target.test/"),
        Load = LoadPlan.Closed(stages.Select(s => (TimeSpan.FromSeconds(s.Seconds), s.Users))),
        UserTypes = [Reader("reader", new PauseStep(Constant(TimeSpan.Zero)))],

        // Virtual time leaps ahead of the coordinator's answers.
        Cluster = new ClusterSettings { OrphanTimeout = Long },
    };

    public static UserType Reader(string name, params Step[] steps) => new()
    {
        Name = name,
        Wait = Constant(Long),
        Tasks = [new TaskDefinition("read", 1, steps)],
    };

    /// <summary>Opens a stream on this path, as user so and so, and waits for that many events.</summary>
    public static Step[] Receive(string path, int events, StreamSettings? settings = null) =>
    [
        new SubscribeStep
        {
            Stream = "main",
            Path = Template.Literal(path),
            Query = [new HeaderTemplate("user", Template.Parse("{{user.id}}"))],
            Within = Long,
            Settings = settings ?? new StreamSettings(),
        },
        new AwaitStep { Stream = "main", Events = events, Within = Long },
    ];

    public static DurationRange Constant(TimeSpan time) => new(time, time);
}
