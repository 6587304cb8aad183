using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Messages.Tests.Scenarios;

public sealed class ThresholdTests
{
    [Theory]
    [InlineData(null, null, "", "task_time")]
    [InlineData("reader", null, "users.reader", "users.reader.task_time")]
    [InlineData(null, "read", "tasks.read", "tasks.read.task_time")]
    [InlineData("reader", "read", "users.reader.tasks.read", "users.reader.tasks.read.task_time")]
    public void It_is_named_as_the_scenario_writes_it(string? type, string? task, string scope, string name)
    {
        var threshold = new Threshold("task_time", "p99 < 1s", "p99", "<", 1000) { UserType = type, Task = task };
        Assert.Equal((scope, name), (threshold.Scope, threshold.Name));
    }
}
