using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ActorLoad.Actors.Hosting;
using ActorLoad.Actors.Measurement;
using ActorLoad.Host.Node;
using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;

namespace ActorLoad.Benchmarks;

/// <summary>
/// What a coordinator costs: a real one in a process of its own, with the run folder that it writes, and workers here that report real
/// windows every second over remoting.
/// </summary>
internal static class CoordinatorBenchmark
{
    private const double MostCpu = 0.10;
    private const int UsersPerWorker = 200;
    private const int WindowsPerWorker = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(int workers, int minutes)
    {
        using var folder = new ScratchFolder();
        await using var node = await NodeProcess.StartAsync(folder.Path);
        var events = 0L;
        using var system = await JoinAsync(node);
        var proxy = system.ActorOf(
            ClusterSingletonProxy.Props("/user/coordinator", ClusterSingletonProxySettings.Create(system).WithRole(NodeRoles.Coordinator).WithSingletonName("coordinator")), "coordinator-proxy");
        var sizes = new ConcurrentBag<int>();
        for (var w = 0; w < workers; w++)
        {
            var id = new WorkerId($"worker-{w}");
            var windows = Windows(id, w);
            sizes.Add(windows.Max(x => WireMessages.Encode(new WorkerProtocol.WindowReport(x)).Length));
            system.ActorOf(Props.Create(() => new SimulatedWorkerActor(
                id, proxy, windows, window => Interlocked.Add(ref events, window.UserTypes.Sum(t => t.Counters[(int)Counter.Events])))), id.Value);
        }

        await node.UntilAsync("api/nodes", n => n["nodes"]!.AsArray().Count == workers, TimeSpan.FromSeconds(60));
        var run = RunId.Create(DateTimeOffset.UtcNow, "coordinator");
        var duration = TimeSpan.FromMinutes(minutes + 10);
        var scenario = ScenarioFactory.Quick(new Uri("http://127.0.0.1:9/"), workers * UsersPerWorker, duration, TimeSpan.Zero, []);
        var answer = await proxy.Ask<RunProtocol.SubmitAnswer>(
            new RunProtocol.SubmitRun(new RunOrder(run, scenario, "", DateTimeOffset.UtcNow)), TimeSpan.FromSeconds(10));
        Console.WriteLine(answer.Problem ?? $"{workers} workers, {Describe(Windows(new WorkerId("worker-0"), 0)[0])}, largest {sizes.Max():N0} B, one a second each");
        await node.UntilAsync($"api/runs/{run}", r => (double)r["elapsedSeconds"]! >= 1, TimeSpan.FromSeconds(60));
        await Task.Delay(WarmUp);

        var (cpu, began, memory) = (node.Process.Cpu, TimeProvider.System.GetTimestamp(), node.Process.Resident);
        var last = (Cpu: cpu, At: began);
        Console.WriteLine($"start          {memory / 1048576.0,6:0.0} MiB resident");
        for (var minute = 1; minute <= minutes; minute++)
        {
            await Task.Delay(TimeSpan.FromMinutes(1) * minute - TimeProvider.System.GetElapsedTime(began));
            var now = (Cpu: node.Process.Cpu, At: TimeProvider.System.GetTimestamp());
            Console.WriteLine($"minute {minute,2}      {node.Process.Resident / 1048576.0,6:0.0} MiB resident, {Share(last, now),5:0.0 %} of one core");
            last = now;
        }

        var share = Share((cpu, began), last);
        var end = node.Process.Resident;
        var elapsed = (double)(await node.GetAsync($"api/runs/{run}"))["elapsedSeconds"]!;
        await proxy.Ask<RunProtocol.StopAnswer>(new RunProtocol.StopRun(run, StopMode.Graceful), TimeSpan.FromSeconds(10));
        await node.UntilAsync($"api/runs/{run}", r => (string)r["phase"]! == "ended", TimeSpan.FromSeconds(60));
        var counted = (long)(await node.GetAsync($"api/runs/{run}/summary"))["counters"]!["events"]!;
        await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);

        var flat = end <= (memory * 1.1) + (16 << 20);
        Console.WriteLine($"processor      {share:0.0 %} of one core over {minutes} min {(share < MostCpu ? "(below 10 %)" : "(TOO MUCH)")}");
        Console.WriteLine($"memory         {memory / 1048576.0:0.0} -> {end / 1048576.0:0.0} MiB, highest {node.Process.HighestResident / 1048576.0:0.0} {(flat ? "(flat)" : "(GROWS)")}");
        Console.WriteLine($"seconds closed {elapsed:N0}");
        Console.WriteLine($"events         reported {events:N0}, in the summary {counted:N0} {(events == counted ? "(equal)" : "(NOT EQUAL)")}");
        return share < MostCpu && flat && events == counted ? 0 : 1;
    }

    private static double Share((TimeSpan Cpu, long At) from, (TimeSpan Cpu, long At) to) =>
        (to.Cpu - from.Cpu) / TimeProvider.System.GetElapsedTime(from.At, to.At);

    private static string Describe(StatsWindow window)
    {
        var histograms = window.UserTypes.Sum(t => t.Timings.Length + t.Tasks.Sum(task => task.Timings.Length));
        var counters = window.UserTypes.Sum(t => t.Counters.Count(c => c != 0) + t.Streams.Sum(s => s.Counters.Count(c => c != 0)));
        return $"{histograms} histograms and {counters} counters a window";
    }

    private static List<StatsWindow> Windows(WorkerId worker, int seed)
    {
        var load = new InventedLoad(UsersPerWorker, seed);
        var recorder = new WorkerRecorder(InventedLoad.UserTypes);
        var windows = new List<StatsWindow>();
        for (var second = 0; second < WindowsPerWorker; second++)
        {
            load.Record(recorder, second, _ => true);
            var window = recorder.TakeWindow(new RunId("made-before"), worker, second, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1));
            windows.Add(window with
            {
                Gauges = [.. window.Gauges.Select(_ => (long)UsersPerWorker)],
                GaugesMax = [.. window.Gauges.Select(_ => (long)UsersPerWorker)],
                Health = new GeneratorHealth(2, 0.4, 0.01, 3, 0, 1, 0),
            });
        }

        return windows;
    }

    private static async Task<ActorSystem> JoinAsync(NodeProcess node)
    {
        var options = new NodeOptions { Roles = ["benchmark"] };
        var config = ConfigurationFactory.ParseString("""
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.cluster.roles = [ benchmark ]
            akka.cluster.singleton-proxy.log-singleton-identification-failure = off
            """)
            .WithFallback(ConfigurationFactory.ParseString(NodeHocon.Of(options)))
            .WithFallback(ConfigurationFactory.ParseString(ActorLoadDefaults.Hocon));
        var system = ActorSystem.Create(NodeHost.SystemName, config);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Cluster.Get(system).JoinAsync(Address.Parse(node.Address), limit.Token);
        return system;
    }
}
