using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users;

/// <summary>Picks a user's next task by weight.</summary>
internal sealed class TaskPicker
{
    private readonly int[] _upTo;

    public TaskPicker(IReadOnlyList<TaskDefinition> tasks)
    {
        _upTo = new int[tasks.Count];
        var sum = 0;
        for (var i = 0; i < tasks.Count; i++)
        {
            sum += tasks[i].Weight;
            _upTo[i] = sum;
        }
    }

    /// <returns>The index of a task.</returns>
    public int Pick(Random random)
    {
        var at = random.Next(_upTo[^1]);
        for (var i = 0; ; i++)
        {
            if (at < _upTo[i])
            {
                return i;
            }
        }
    }
}
