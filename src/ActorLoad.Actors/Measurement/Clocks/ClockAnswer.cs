using System.Globalization;
using ActorLoad.Actors.Measurement.Delivery;
using ActorLoad.Actors.Measurement.Json;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Measurement.Clocks;

/// <summary>Finds the time in what the target answered.</summary>
internal sealed class ClockAnswer(ClockSettings settings)
{
    private const long SecondUs = 1_000_000;

    private readonly JsonFields _field = new(JsonPointer.Parse(settings.Field));

    /// <returns>The time; or null and half a sentence that says what is wrong with the answer.</returns>
    public SentAt? Read(FetchResult answer, out string problem)
    {
        if (answer.Failure is { } failure)
        {
            problem = $"{answer.Message} ({failure.Name()})";
            return null;
        }

        return settings.Field.Length == 0 ? FromDate(answer, out problem) : FromField(answer, out problem);
    }

    // Whatever the status: an error page has a date, too.
    private static SentAt? FromDate(FetchResult answer, out string problem)
    {
        problem = answer.Date.Length == 0
            ? "the answer has no Date header; name an endpoint and a field that tell the time"
            : "the answer's Date header is no date";
        if (!DateTimeOffset.TryParseExact(
            answer.Date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return null;
        }

        // Kestrel writes its dates once a second and not when a second begins: they are up to a second old.
        var granularity = answer.Server.StartsWith("Kestrel", StringComparison.OrdinalIgnoreCase) ? 2 * SecondUs : SecondUs;
        return new SentAt(date.ToUnixTimeSeconds() * SecondUs, granularity);
    }

    private SentAt? FromField(FetchResult answer, out string problem)
    {
        if (answer.Status is < 200 or > 299)
        {
            problem = $"the server answered {answer.Status}";
            return null;
        }

        Span<JsonField> found = stackalloc JsonField[1];
        if (!_field.TryRead(answer.Body, found))
        {
            problem = "the answer is no JSON document";
            return null;
        }

        var field = found[0];
        if (field.Kind is not (JsonFieldKind.Number or JsonFieldKind.Text))
        {
            problem = $"the answer has no time at {settings.Field}";
            return null;
        }

        var text = field.In(answer.Body);
        problem = $"what the answer has at {settings.Field} is no time in the format {FailureNames.Join(settings.Format.ToString(), '-')}";
        return SentAtReader.Read(text, settings.Format, field.Kind == JsonFieldKind.Number, out var time) is null ? time : null;
    }
}
