using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Akka.Actor;

namespace ActorLoad.Messages.Tests.Wire;

public sealed class ActorLoadSerializerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("serializer", """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          actor {
            serialization-settings.allow-unregistered-types = false
            serializers.actorload = "ActorLoad.Messages.Wire.ActorLoadSerializer, ActorLoad.Messages"
            serialization-bindings { "ActorLoad.Messages.Protocol.IActorLoadMessage, ActorLoad.Messages" = actorload }
          }
        }
        """);

    [Fact]
    public void Messages_between_nodes_use_it_and_come_back()
    {
        var stop = new RunProtocol.StopRun(new RunId("r"), StopMode.Graceful);
        var serializer = Assert.IsType<ActorLoadSerializer>(_system.Serialization.FindSerializerFor(stop));
        Assert.Equal("stop-run/1", serializer.Manifest(stop));
        Assert.Equal(stop, serializer.FromBinary(serializer.ToBinary(stop), "stop-run/1"));
    }

    [Fact]
    public void What_cannot_be_read_is_counted_and_does_no_harm()
    {
        var serializer = (ActorLoadSerializer)_system.Serialization.FindSerializerForType(typeof(RunProtocol.StopRun));
        var before = ActorLoadSerializer.Unreadable;
        Assert.Same(UnreadableMessage.Instance, serializer.FromBinary([1, 2, 3], "stop-run/1"));
        Assert.Same(UnreadableMessage.Instance, serializer.FromBinary([], "stop-run/99"));
        Assert.True(ActorLoadSerializer.Unreadable >= before + 2);
    }

    public void Dispose() => _system.Dispose();
}
