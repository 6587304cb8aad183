using System.Globalization;
using ActorLoad.Benchmarks;

return args switch
{
    ["decoder", .. var options] => DecoderBenchmarks.Run(options),
    ["open", .. var rest] => await OpenBenchmark.RunAsync(Number(rest, 0, 15_000), rest.ElementAtOrDefault(1) ?? "1.1", Number(rest, 2, 1)),
    ["ports", .. var rest] => await PortsBenchmark.RunAsync(Number(rest, 0, 15_500), rest.ElementAtOrDefault(1) ?? "127.0.1.1-127.0.1.4"),
    ["acceptor", var port] => await Acceptor.RunAsync(Number([port], 0, 0)),
    ["events", .. var rest] => await EventsBenchmark.RunAsync(Number(rest, 0, 10_000), Number(rest, 1, 30), rest.ElementAtOrDefault(2) == "measure"),
    ["latency", .. var rest] => await LatencyBenchmark.RunAsync(Number(rest, 0, 5_000), Number(rest, 1, 30)),
    ["storm", .. var rest] => await StormBenchmark.RunAsync(Number(rest, 0, 5_000)),
    ["measure", .. var options] => MeasureBenchmarks.Run(options),
    ["truth", .. var rest] => await TruthBenchmark.RunAsync(Number(rest, 0, 10)),
    ["merge", .. var rest] => MergeBenchmark.Run(Number(rest, 0, 400), Number(rest, 1, 60)),
    ["coordinator", .. var rest] => await CoordinatorBenchmark.RunAsync(Number(rest, 0, 50), Number(rest, 1, 10)),
    ["cluster", .. var rest] => await ClusterBenchmark.RunAsync(Number(rest, 0, 40_000)),
    ["cluster-kill", .. var rest] => await ClusterKillBenchmark.RunAsync(Number(rest, 0, 4_000)),
    ["alike", .. var rest] => await AlikeBenchmark.RunAsync(Number(rest, 0, 1_000)),
    _ => Usage(),
};

static int Number(string[] rest, int index, int otherwise) =>
    rest.Length > index ? int.Parse(rest[index], CultureInfo.InvariantCulture) : otherwise;

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project tests/ActorLoad.Benchmarks -- COMMAND [options]
          decoder                  time and allocation per event of the SSE decoder alone (options go to BenchmarkDotNet, e.g. --job short)
          measure                  what sequence, key and sent-at add to the time and allocation of an event (options as above)
          truth [SEEDS]            500 users, 200,000 events with seeded faults, cuts and resets: counted == done by the target (default 10)
          open [USERS] [VERSION] [N]
                                   opening rate and memory per user of one process, against the embedded target (default 15000 1.1);
                                   versions: 1.1, https (1.1 over TLS), h2c, h2 (over TLS), these two with N streams per connection (1)
          ports [USERS] [SOURCES]  two processes of so many users each, all to one port of one target, from these source addresses;
                                   'none' shows what happens without (default 15500 127.0.1.1-127.0.1.4)
          storm [USERS]            everybody dropped at once, by the client and by a restarted target: report against accept log (default 5000)
          events [USERS] [SECONDS] [measure]
                                   CPU per event at one event per user and second, and sent == received (default 10000 30); with
                                   'measure' sequence and sent-at of every event are measured
          merge [USERS] [SECONDS]  the same users on 1, 2 and 4 workers: totals and percentiles must be identical (default 400 60)
          coordinator [WORKERS] [MINUTES]
                                   processor and memory of a coordinator whose simulated workers report every second (default 50 10)
          cluster [USERS]          four workers and a coordinator hold so many streams on four targets; all totals equal (default 40000)
          cluster-kill [USERS]     kill -9 of one of four workers, and of the coordinator with another one standing by (default 4000)
          alike [USERS]            the same scenario in real runs on 1, 2 and 4 workers (default 1000)
          latency [PER_SECOND] [SECONDS] error of measured latencies: events whose sending time lies 50 ms in the past (default 5000 30)
        """);
    return 2;
}
