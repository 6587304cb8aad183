using System.Text;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement;

/// <summary>Counts events that could not be measured as the scenario asks. The first one of each reason is quoted, which alone makes a text.</summary>
internal static class MeasureErrors
{
    private const int LongestQuote = 60;

    /// <param name="setting">What was looked for, as the scenario calls it: "sequence", "sent-at".</param>
    /// <param name="source">Where: "id" or a JSON pointer.</param>
    /// <param name="value">What stood there; empty = nothing to quote.</param>
    public static void Count(StreamRecorder recorder, FailureReason reason, string setting, string source, ReadOnlySpan<byte> value)
    {
        recorder.Count(Counter.MeasureErrors);
        var failures = recorder.Worker.Failures;
        var sample = failures.IsKnown(FailureWhere.Measure, reason) ? "" : Describe(recorder, reason, $"{setting} {source}", value);
        failures.Count(FailureWhere.Measure, reason, sample);
    }

    private static string Describe(StreamRecorder recorder, FailureReason reason, string field, ReadOnlySpan<byte> value)
    {
        var what = reason switch
        {
            FailureReason.NotJson => "the data is no JSON document",
            FailureReason.MissingField => $"{field} is missing",
            FailureReason.OutOfRange => $"{field} is out of range",
            _ => $"{field} is of the wrong type",
        };
        var quote = value.IsEmpty
            ? ""
            : $": '{Encoding.UTF8.GetString(value[..Math.Min(value.Length, LongestQuote)])}{(value.Length > LongestQuote ? "…" : "")}'";
        return $"{recorder.Type.Name}/{recorder.Name}: {what}{quote}";
    }
}
