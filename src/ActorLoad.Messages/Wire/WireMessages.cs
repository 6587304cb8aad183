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
    public const int ProtocolVersion = 1;

    private static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["register/1"] = typeof(WorkerProtocol.Register),
        ["prepare/1"] = typeof(WorkerProtocol.Prepare),
        ["prepared/1"] = typeof(WorkerProtocol.Prepared),
        ["start/1"] = typeof(WorkerProtocol.Start),
        ["stop/1"] = typeof(WorkerProtocol.Stop),
        ["window/1"] = typeof(WorkerProtocol.WindowReport),
        ["window-ack/1"] = typeof(WorkerProtocol.WindowAck),
        ["drained/1"] = typeof(WorkerProtocol.Drained),
        ["failed/1"] = typeof(WorkerProtocol.Failed),
        ["submit-run/1"] = typeof(RunProtocol.SubmitRun),
        ["stop-run/1"] = typeof(RunProtocol.StopRun),
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
