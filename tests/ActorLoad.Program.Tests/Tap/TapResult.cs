using System.Text.Json.Nodes;
using ActorLoad.Program.Tests.Running;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>What a finished <c>tap --format json</c> printed.</summary>
internal sealed class TapResult
{
    private readonly ProcessResult _process;

    public TapResult(ProcessResult process)
    {
        _process = process;
        Lines = [.. process.Output.Select(TapLine.Parse)];
    }

    public int ExitCode => _process.ExitCode;

    public IReadOnlyList<JsonObject> Lines { get; }

    public long PeakMemory => _process.PeakMemory;

    /// <summary>The data of every event, in order.</summary>
    public IReadOnlyList<string> Data => [.. OfType("event").Select(e => (string)e["data"]!)];

    public IReadOnlyList<JsonObject> OfType(string type) => [.. Lines.Where(l => (string?)l["type"] == type)];

    /// <summary>The program ended with this code and printed exactly these lines, each with at least what is given.</summary>
    public void ShouldBe(int exitCode, params JsonObject[] lines) => Check(exitCode, lines, Lines);

    /// <summary>
    /// The same for a tap that ended because it had seen enough: how it tells of its own leaving between the last of these
    /// lines and the summary is its own affair.
    /// </summary>
    public void ShouldBeStopped(JsonObject summary, params JsonObject[] lines) =>
        Check(0, [.. lines, summary], [.. Lines.Take(lines.Length), .. Lines.Skip(lines.Length).TakeLast(1)]);

    /// <summary>One error line with this reason and a message for people, on any connection.</summary>
    public void ShouldTellOneError(string reason)
    {
        var errors = OfType("error");
        Assert.True(errors.Count == 1 && (string?)errors[0]["reason"] == reason, $"Not one error '{reason}'.\n{this}");
        Assert.True(((string?)errors[0]["message"])?.Length > 0, $"The error has no message.\n{this}");
        ShouldShowNoStackTrace();
    }

    public void ShouldShowNoStackTrace() =>
        Assert.DoesNotContain("   at ", _process.OutputText + _process.ErrorText, StringComparison.Ordinal);

    /// <summary>Why the lines and the code are not the expected ones, or null.</summary>
    public string? Difference(int exitCode, IReadOnlyList<JsonObject> expected) => Difference(exitCode, expected, Lines);

    public override string ToString() =>
        $"exit code {ExitCode}\n--- stdout\n{_process.OutputText}\n--- stderr\n{_process.ErrorText}";

    private void Check(int exitCode, IReadOnlyList<JsonObject> expected, IReadOnlyList<JsonObject> actual)
    {
        if (Difference(exitCode, expected, actual) is { } difference)
        {
            Assert.Fail($"{difference}\n{this}");
        }
    }

    private string? Difference(int exitCode, IReadOnlyList<JsonObject> expected, IReadOnlyList<JsonObject> actual)
    {
        for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            if (!TapLine.Matches(expected[i], actual[i]))
            {
                return $"line {i + 1} should be {expected[i].ToJsonString()} and is {actual[i].ToJsonString()} (exit code {ExitCode})";
            }
        }

        return expected.Count != actual.Count ? $"{expected.Count} lines were expected, {actual.Count} came"
            : ExitCode != exitCode ? $"exit code {exitCode} was expected, {ExitCode} came"
            : null;
    }
}
