using System.Text;
using ActorLoad.Actors.Measurement.Json;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Measurement;

/// <summary>What the scenario wants to know of each event of a stream, compiled once for all streams with these settings.</summary>
public sealed class MeasurePlan
{
    private const string FromId = "id";

    /// <exception cref="FormatException">A field is neither empty, "id" nor a JSON pointer.</exception>
    public MeasurePlan(MeasureSettings settings)
    {
        Settings = settings;
        HeartbeatText = Encoding.UTF8.GetBytes(settings.Heartbeat);
        SentAtFormat = settings.SentAtFormat;
        var pointers = new List<JsonPointer>();
        Sequence = SourceOf(settings.Sequence, pointers);
        Key = SourceOf(settings.Key, pointers);
        SentAt = SourceOf(settings.SentAt, pointers);
        Fields = new JsonFields([.. pointers]);
    }

    /// <summary>Where a value is looked for, as an index into <see cref="Fields"/>; or one of the two below.</summary>
    public const int Nowhere = -1;

    /// <summary>In the last event id.</summary>
    public const int Id = -2;

    /// <summary>As the scenario has them.</summary>
    public MeasureSettings Settings { get; }

    public byte[] HeartbeatText { get; }

    public int Sequence { get; }

    public int Key { get; }

    public int SentAt { get; }

    public SentAtFormat SentAtFormat { get; }

    /// <summary>The pointers into the data, all found in one pass.</summary>
    public JsonFields Fields { get; }

    /// <summary>Whether an event is more than counted.</summary>
    public bool MeasuresEvents => Sequence != Nowhere || SentAt != Nowhere;

    private static int SourceOf(string source, List<JsonPointer> pointers)
    {
        switch (source)
        {
            case "":
                return Nowhere;
            case FromId:
                return Id;
            default:
                pointers.Add(JsonPointer.Parse(source));
                return pointers.Count - 1;
        }
    }
}
