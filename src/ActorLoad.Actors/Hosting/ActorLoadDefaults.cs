namespace ActorLoad.Actors.Hosting;

/// <summary>HOCON that every node of ActorLoad needs; the reasons stand beside each key.</summary>
public static class ActorLoadDefaults
{
    public const string Hocon =
        """
        akka {
          # A top-level actor that fails must be seen to be gone (the coordinator watches its workers), not come back empty.
          actor.guardian-supervisor-strategy = "Akka.Actor.StoppingSupervisorStrategy"

          # Who coordinates, and who closes seconds, has threads of its own: users at full load do not make them late. In a cluster
          # /coordinator is the manager of the singleton. A name that stands here is not looked up under * any more. A worker's windows go to
          # its disk, and a disk that is slow must hold up nobody else.
          actor.deployment {
            /worker.dispatcher = actorload-control
            /worker/stats.dispatcher = actorload-spool
            /coordinator.dispatcher = actorload-control
            "/coordinator/*".dispatcher = actorload-control
            "/coordinator/*/stats".dispatcher = actorload-control
            /coordinator/coordinator.dispatcher = actorload-control
            "/coordinator/coordinator/*".dispatcher = actorload-control
            "/coordinator/coordinator/*/stats".dispatcher = actorload-control
          }

          # Users end while answers are on their way to them: that is no news.
          log-dead-letters = off
          log-dead-letters-during-shutdown = off

          # The program ends its runs and its actor system itself, in that order, when a signal asks for it.
          coordinated-shutdown.run-by-clr-shutdown-hook = off

          # One outage would be a hundred thousand log lines; failures are counted instead.
          loglevel = WARNING
        }

        actorload-control { type = ForkJoinDispatcher, throughput = 10, dedicated-thread-pool { thread-count = 2 } }
        actorload-spool { type = ForkJoinDispatcher, throughput = 10, dedicated-thread-pool { thread-count = 1 } }
        """;
}
