using System.Text.Json;
using ActorLoad.Host.Target.Faults;

namespace ActorLoad.Host.Target.Channels;

/// <summary>What the events of a channel are called and what their data tells: a pure function of seed, channel and id, apart from the time stamp.</summary>
internal static class SampleEvents
{
    private static readonly string[] MainTypes = ["message", "update", "notification"];
    private static readonly string[] Symbols = ["ACME", "GLOBEX", "INITECH", "UMBRELLA"];
    private static readonly string[] Severities = ["info", "warning", "critical"];
    private static readonly string[] Levels = ["debug", "info", "warn", "error"];

    /// <summary>The event name of event `id` of a channel.</summary>
    public static string TypeOf(string channel, long id) => channel switch
    {
        "main" => MainTypes[(id - 1) % MainTypes.Length],
        "notifications" => "notification",
        "updates" => "update",
        "alerts" => "alert",
        "prices" => "price",
        "metrics" => "metric",
        "logs" => "log",
        "dashboard" or "system" or "heartbeat" => channel,
        _ => "message",
    };

    public static EventFrame Create(string channel, long id, int seed, TargetClock clock)
    {
        var type = TypeOf(channel, id);
        var random = new SplitMix(SplitMix.Join((ulong)seed, (ulong)id));
        return EventFormat.Format(id, channel, type, clock, (Type: type, Random: random), static (json, s) => WriteBody(json, s.Type, s.Random));
    }

    private static void WriteBody(Utf8JsonWriter json, string type, SplitMix random)
    {
        switch (type)
        {
            case "price":
                json.WriteString("symbol", Pick(ref random, Symbols));
                json.WriteNumber("price", Number(ref random, 100, 100_00) / 100m);
                break;
            case "alert":
                json.WriteString("severity", Pick(ref random, Severities));
                json.WriteString("text", "Threshold crossed");
                break;
            case "metric" or "system":
                json.WriteNumber("cpu", Number(ref random, 0, 1000) / 10m);
                json.WriteNumber("memory", Number(ref random, 0, 1000) / 10m);
                break;
            case "dashboard":
                json.WriteNumber("visitors", Number(ref random, 100, 1000));
                json.WriteNumber("orders", Number(ref random, 0, 100));
                break;
            case "log":
                json.WriteString("level", Pick(ref random, Levels));
                json.WriteString("text", "Request handled");
                break;
            case "heartbeat":
                break;
            default:
                json.WriteString("text", "Something new has happened");
                json.WriteNumber("value", Number(ref random, 0, 1000));
                break;
        }
    }

    private static string Pick(ref SplitMix random, string[] values) => values[random.Next() % (ulong)values.Length];

    private static long Number(ref SplitMix random, long from, long to) => from + (long)(random.Next() % (ulong)(to - from));
}
