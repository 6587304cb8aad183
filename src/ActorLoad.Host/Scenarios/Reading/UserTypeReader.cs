using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads one entry of <c>scenario.users</c>.</summary>
internal static class UserTypeReader
{
    private const string TaskObject = "an object of tasks such as { read { steps = [ ... ] } }";

    private static readonly ValueKind<int> Weight = ValueKinds.Whole(1, 10_000);

    /// <param name="inherited">The scenario's stream settings.</param>
    /// <param name="subscriptions">Takes the settings of every subscribe step, for checks across the scenario.</param>
    public static UserType Read(
        Section section,
        string name,
        StreamSettings inherited,
        List<(StreamSettings Settings, Section Section)> subscriptions)
    {
        var streams = new StreamUses();
        var variables = section.Context.Variables = new VariableUses();
        var reader = new StepReader(StreamSettingsReader.Read(section, inherited), streams, section.Context);
        var type = new UserType
        {
            Name = name,
            Weight = section.Value("weight", Weight, 1),
            Wait = section.Has("wait") ? RangeReader.Read(section, "wait") ?? DurationRange.Zero : DurationRange.Zero,
            Iterations = section.Value("iterations", ValueKinds.Whole(1), 0),
            Lifetime = Lifetime(section),
            OnLeave = section.Value("on-leave", ValueKinds.OneOf<LeaveMode>(), LeaveMode.Close),
            OnStart = reader.Steps(section, "on-start"),
            OnStop = reader.Steps(section, "on-stop"),
            Tasks = Tasks(section, reader),
        };
        section.Close();
        streams.Check(name, section.Context);
        variables.Check(name, section.Context);
        section.Context.Variables = null;
        subscriptions.AddRange(reader.Subscriptions);
        return type;
    }

    private static DurationRange? Lifetime(Section section)
    {
        if (!section.Has("lifetime") || RangeReader.Read(section, "lifetime") is not { } lifetime)
        {
            return null;
        }

        if (lifetime.Max == TimeSpan.Zero)
        {
            section.Mistake("lifetime", "a user that lives for no time does nothing; expected a duration above zero");
        }

        return lifetime;
    }

    private static List<TaskDefinition> Tasks(Section userType, StepReader reader)
    {
        var tasks = new List<TaskDefinition>();
        if (userType.TakeRequired("tasks", TaskObject) is null || userType.Object("tasks", TaskObject) is not { } section)
        {
            return tasks;
        }

        if (section.Keys.Count == 0)
        {
            userType.Mistake("tasks", "expected at least one task");
        }

        foreach (var name in section.Keys)
        {
            if (!NameRules.IsName(name))
            {
                section.Mistake(name, $"the name of a task has to be {NameRules.Name}");
            }

            if (section.Object(name, "a task such as { steps = [ ... ] }") is { } task)
            {
                tasks.Add(ReadTask(task, name, reader));
            }
        }

        return tasks;
    }

    private static TaskDefinition ReadTask(Section task, string name, StepReader reader)
    {
        task.TakeRequired("steps", "a list of steps such as [ { pause = 1s } ]");
        if (task.Take("steps") is Hocon.HoconArray { Items.Count: 0 })
        {
            task.Mistake("steps", "expected at least one step");
        }

        var definition = new TaskDefinition(name, task.Value("weight", Weight, 1), reader.Steps(task, "steps"));
        task.Close();
        return definition;
    }
}
