using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Users.Steps;

/// <summary>Steps in few words.</summary>
internal static class Sample
{
    public static SubscribeStep Subscribe(string stream = "a", string path = "/events") =>
        new() { Stream = stream, Path = Template.Parse(path), Within = TimeSpan.FromSeconds(10) };

    public static AwaitStep Await(string stream = "a", int events = 1, string? type = null, string? data = null) => new()
    {
        Stream = stream,
        Events = events,
        Event = type,
        DataContains = data is null ? null : Template.Parse(data),
        Within = TimeSpan.FromSeconds(20),
    };

    public static ListenStep Listen(string stream = "a", int minEvents = 0, int minHeartbeats = 0) =>
        new() { Stream = stream, For = TimeSpan.FromSeconds(5), MinEvents = minEvents, MinHeartbeats = minHeartbeats };

    public static ReconnectStep Reconnect(string stream = "a") => new(stream) { Within = TimeSpan.FromSeconds(15) };

    public static DropStep Drop(string stream = "a") => new(stream);

    public static CloseStep Close(string stream = "a") => new(stream);

    public static AbandonStep Abandon(string stream = "a") => new(stream);

    public static PauseStep Pause(int seconds = 1) =>
        new(new DurationRange(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds)));

    public static RequestStep Request(string path = "/api", params int[] expect) =>
        new() { Path = Template.Parse(path), Method = "POST", ExpectStatus = expect };

    public static ParallelStep Parallel(params Step[][] branches) => new(branches);
}
