using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>Runs <c>actorload tap URL --format json</c>.</summary>
internal static class TapCommand
{
    public static ActorLoadProcess Start(string url, params string[] options) =>
        ActorLoadProcess.Start(["tap", url, "--format", "json", .. options]);

    /// <summary>Runs to the end.</summary>
    public static async Task<TapResult> RunAsync(string url, params string[] options)
    {
        await using var process = Start(url, options);
        return await process.TapResultAsync();
    }

    /// <summary>Waits for the end of a tap started before.</summary>
    public static async Task<TapResult> TapResultAsync(this ActorLoadProcess process) => new(await process.ExitAsync());

    /// <summary>Waits for the event with this data to be written.</summary>
    public static Task EventLineAsync(this ActorLoadProcess process, string data) =>
        process.LineAsync(line => TapLine.Matches(TapLine.Event(data, anyId: true), TapLine.Parse(line)));

    /// <summary>Waits for so many lines of this type to be written.</summary>
    public static Task LineOfTypeAsync(this ActorLoadProcess process, string type, int count = 1)
    {
        var seen = 0;
        return process.LineAsync(line => (string?)TapLine.Parse(line)["type"] == type && ++seen == count);
    }
}
