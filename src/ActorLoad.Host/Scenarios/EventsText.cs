using System.Globalization;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>The events of a scenario, as HOCON and in words.</summary>
internal static class EventsText
{
    /// <param name="text">Quotes a text, or masks it.</param>
    public static void Write(HoconWriter writer, IReadOnlyList<TimedEvent> events, Func<string, string> text)
    {
        if (events.Count == 0)
        {
            return;
        }

        writer.List("events-at", () =>
        {
            foreach (var (at, drop) in events)
            {
                var only = (drop.UserType is { } type ? $", user-type = {text(type)}" : "")
                    + (drop.Stream is { } stream ? $", stream = {text(stream)}" : "");
                writer.Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{ at = {Units.Text(at)}, drop {{ fraction = {drop.Fraction:0.##########}, over = {Units.Text(drop.Over)}, hold = {Units.Text(drop.Hold)}{only} }} }}"));
            }
        });
    }

    public static IEnumerable<string> Describe(IReadOnlyList<TimedEvent> events)
    {
        if (events.Count > 0)
        {
            yield return "events";
        }

        foreach (var (at, drop) in events.OrderBy(e => e.At))
        {
            var which = (drop.Stream is { } stream ? $" named '{stream}'" : "") + (drop.UserType is { } type ? $" of '{type}'" : "");
            yield return $"  {Units.Text(at),8}   drops {PlanDescription.Percent(drop.Fraction)} of the open streams{which}"
                + (drop.Over > TimeSpan.Zero ? $" over {Units.Text(drop.Over)}" : " at once")
                + (drop.Hold > TimeSpan.Zero ? $", keeps each away for {Units.Text(drop.Hold)}" : "");
        }
    }
}
