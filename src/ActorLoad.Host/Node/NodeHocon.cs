using System.Globalization;
using ActorLoad.Actors.Coordination.SplitBrain;

namespace ActorLoad.Host.Node;

/// <summary>The HOCON of a cluster node; the reasons stand beside each key.</summary>
internal static class NodeHocon
{
    public static string Of(NodeOptions node) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        akka {
          actor {
            provider = cluster

            # Nothing travels between nodes but what has a serializer of its own.
            serialization-settings.allow-unregistered-types = false
            serializers.actorload = "ActorLoad.Messages.Wire.ActorLoadSerializer, ActorLoad.Messages"
            serialization-bindings { "ActorLoad.Messages.Protocol.IActorLoadMessage, ActorLoad.Messages" = actorload }
          }

          remote {
            # A window of one worker stays far below; a scenario with a large feed does not.
            dot-netty.tcp { maximum-frame-size = 4000000b, send-buffer-size = 4000000b, receive-buffer-size = 4000000b }
            log-frame-size-exceeding = 64000b

            # On Linux it would let two nodes listen on one port, each with a part of the connections. The runtime does by itself what
            # a node needs that is started again at once.
            dot-netty.tcp.tcp-reuse-addr = off

            # Heartbeats must not wait behind thousands of users on the way to the socket either.
            use-dispatcher = actorload-remote

            # Nodes come and go; the cluster tells of it in a line, remoting in a stack trace each.
            log-remote-lifecycle-events = off
          }

          cluster {
            # A node that cannot join ends with a clear message instead of trying for ever.
            shutdown-after-unsuccessful-join-seed-nodes = {{(long)node.JoinTimeout.TotalMilliseconds}}ms

            # Workers saturate the processor on purpose: a late heartbeat is no death yet. But a dead worker has to be out, and its users
            # with the others, within 15 s: pause, stable-after, and a few rounds of gossip.
            failure-detector { threshold = 12.0, acceptable-heartbeat-pause = 4s }

            # What is left of a cluster without a coordinator cannot report: it stops.
            {{Downing(node)}}

            # Heartbeats and gossip must not wait behind thousands of users.
            use-dispatcher = actorload-control
          }

          coordinated-shutdown {
            exit-clr = off
            default-phase-timeout = 10s

            # Users finish, windows are reported, a report is written. A worker bounds that by the scenario's graceful-stop, a coordinator
            # waits for its workers; this is for what neither has foreseen.
            phases.before-service-unbind.timeout = {{(long)NodeLeaving.Patience.TotalSeconds}}s
          }
        }

        actorload.split-brain { stable-after = 4s, coordinator-role = {{NodeRoles.Coordinator}} }
        actorload-remote { type = ForkJoinDispatcher, throughput = 30, dedicated-thread-pool { thread-count = 2 } }
        """);

    // A number of coordinators that never changes is for Akka's own strategy; without one the side with more of them goes on.
    private static string Downing(NodeOptions node) => node.Quorum is { } quorum
        ? string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
            split-brain-resolver {
              active-strategy = static-quorum
              stable-after = 4s
              down-all-when-unstable = off
              static-quorum { quorum-size = {{quorum}}, role = {{NodeRoles.Coordinator}} }
            }
            """)
        : $"downing-provider-class = \"{typeof(SplitBrainDowning).AssemblyQualifiedName}\"";
}
