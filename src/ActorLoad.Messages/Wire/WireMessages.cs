using System.Collections.Frozen;
using ActorLoad.Messages.Protocol;

namespace ActorLoad.Messages.Wire;

/// <summary>
/// Turns messages between nodes into bytes and back. A message is named by its manifest, <c>name/version</c>; the version of
/// a message grows with every change of its fields, and <see cref="ProtocolVersion"/> with every change at all.
/// </summary>
public static class WireMessages
{
    /// <summary>Exchanged when a worker registers: nodes with different numbers do not work together.</summary>
    public const int ProtocolVersion = 2;

    private static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["hello/1"] = typeof(WorkerProtocol.Hello),
        ["hello-answer/1"] = typeof(WorkerProtocol.HelloAnswer),
        ["register/1"] = typeof(WorkerProtocol.Register),
        ["registered/1"] = typeof(WorkerProtocol.Registered),
        ["clock-ping/1"] = typeof(WorkerProtocol.ClockPing),
        ["clock-pong/1"] = typeof(WorkerProtocol.ClockPong),
        ["clock-set/1"] = typeof(WorkerProtocol.ClockSet),
        ["prepare/1"] = typeof(WorkerProtocol.Prepare),
        ["prepared/2"] = typeof(WorkerProtocol.Prepared),
        ["start/1"] = typeof(WorkerProtocol.Start),
        ["started/1"] = typeof(WorkerProtocol.Started),
        ["assign/1"] = typeof(WorkerProtocol.Assign),
        ["assigned/1"] = typeof(WorkerProtocol.Assigned),
        ["leaving/1"] = typeof(WorkerProtocol.Leaving),
        ["stop/1"] = typeof(WorkerProtocol.Stop),
        ["window/1"] = typeof(WorkerProtocol.WindowReport),
        ["window-ack/1"] = typeof(WorkerProtocol.WindowAck),
        ["drained/1"] = typeof(WorkerProtocol.Drained),
        ["run-over/2"] = typeof(WorkerProtocol.RunOver),
        ["failed/1"] = typeof(WorkerProtocol.Failed),
        ["describe-run/1"] = typeof(WorkerProtocol.DescribeRun),
        ["run-description/1"] = typeof(WorkerProtocol.RunDescription),
        ["resend-windows/1"] = typeof(WorkerProtocol.ResendWindows),
        ["submit-run/1"] = typeof(RunProtocol.SubmitRun),
        ["submit-answer/1"] = typeof(RunProtocol.SubmitAnswer),
        ["stop-run/1"] = typeof(RunProtocol.StopRun),
        ["stop-answer/1"] = typeof(RunProtocol.StopAnswer),
        ["runs-query/1"] = typeof(RunProtocol.RunsQuery),
        ["runs-answer/1"] = typeof(RunProtocol.RunsAnswer),
        ["watch-run/1"] = typeof(RunProtocol.WatchRun),
        ["watch-answer/1"] = typeof(RunProtocol.WatchAnswer),
        ["summary-query/1"] = typeof(RunProtocol.SummaryQuery),
        ["summary-answer/1"] = typeof(RunProtocol.SummaryAnswer),
        ["nodes-query/1"] = typeof(RunProtocol.NodesQuery),
        ["nodes-answer/1"] = typeof(RunProtocol.NodesAnswer),
        ["parcel/1"] = typeof(Parcel),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, string> Names = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every manifest with its type.</summary>
    public static IReadOnlyDictionary<string, Type> Manifests => Types;

    /// <exception cref="ArgumentException">The message is none that travels.</exception>
    public static string ManifestOf(IActorLoadMessage message) => Names.TryGetValue(message.GetType(), out var name)
        ? name
        : throw new ArgumentException($"{message.GetType().Name} has no manifest", nameof(message));

    public static byte[] Encode(IActorLoadMessage message)
    {
        var writer = new WireWriter();
        WireCodecs.Of(message.GetType()).Write(writer, message);
        return writer.ToArray();
    }

    /// <exception cref="WireFormatException">The manifest is not known, or the bytes are no such message.</exception>
    public static IActorLoadMessage Decode(string manifest, ReadOnlySpan<byte> bytes)
    {
        if (!Types.TryGetValue(manifest, out var type))
        {
            throw new WireFormatException($"'{Shortened(manifest)}' is no message of protocol version {ProtocolVersion}");
        }

        var reader = new WireReader(bytes);
        var message = (IActorLoadMessage)WireCodecs.Of(type).Read(ref reader)!;
        return reader.Remaining == 0
            ? message
            : throw new WireFormatException($"{reader.Remaining} bytes follow a complete '{manifest}'");
    }

    private static string Shortened(string manifest) => manifest.Length <= 40 ? manifest : manifest[..40] + "...";
}
