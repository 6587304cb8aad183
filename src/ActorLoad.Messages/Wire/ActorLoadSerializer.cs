using Akka.Actor;
using Akka.Event;
using Akka.Serialization;

namespace ActorLoad.Messages.Wire;

/// <summary>
/// The one serializer between nodes. What cannot be read is dropped, counted and logged once a minute: it reaches its
/// receiver as <see cref="UnreadableMessage"/>, because an exception here would be logged for each, or tear the connection down.
/// </summary>
public sealed class ActorLoadSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly TimeSpan LogEvery = TimeSpan.FromMinutes(1);
    private static long _unreadable;

    private readonly ExtendedActorSystem _system = system;
    private long _loggedAt;

    public override int Identifier => 4711;

    /// <summary>Messages of this process that could not be read.</summary>
    public static long Unreadable => Interlocked.Read(ref _unreadable);

    public override string Manifest(object o) => WireMessages.ManifestOf(Checked(o));

    public override byte[] ToBinary(object obj) => WireMessages.Encode(Checked(obj));

    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return WireMessages.Decode(manifest, bytes);
        }
        catch (WireFormatException e)
        {
            var count = Interlocked.Increment(ref _unreadable);
            Log(count, bytes.Length, e);
            return UnreadableMessage.Instance;
        }
    }

    private static Protocol.IActorLoadMessage Checked(object message) => message as Protocol.IActorLoadMessage
        ?? throw new ArgumentException($"{message.GetType().Name} is no message between nodes", nameof(message));

    private void Log(long count, int length, WireFormatException e)
    {
        var now = Environment.TickCount64;
        var before = Interlocked.Read(ref _loggedAt);
        if ((before == 0 || now - before >= LogEvery.TotalMilliseconds) && Interlocked.CompareExchange(ref _loggedAt, now, before) == before)
        {
            _system.Log.Warning("A message of {0} bytes could not be read and was dropped, {1} so far: {2}", length, count, e.Message);
        }
    }
}
