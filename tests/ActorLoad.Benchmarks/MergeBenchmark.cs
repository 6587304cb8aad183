using System.Security.Cryptography;
using System.Text;
using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;

namespace ActorLoad.Benchmarks;

/// <summary>
/// The same users on 1, 2 and 4 workers: real recorders make real windows, which travel as bytes, in any order, some of them twice.
/// Every counter, bucket and percentile of the totals has to be the same.
/// </summary>
internal static class MergeBenchmark
{
    private const int LargestWindow = 64 * 1024;
    private const int Seed = 4;

    public static int Run(int users, int seconds)
    {
        var texts = new List<string>();
        var largest = 0;
        Console.WriteLine($"{users:N0} users, {seconds} s");
        Console.WriteLine("workers   windows   reports   largest window   events       p50 / p99 / p99.9 of delivery_latency   SHA-256 of all totals");
        foreach (var workers in (int[])[1, 2, 4])
        {
            var reports = Reports(users, seconds, workers);
            largest = Math.Max(largest, reports.Max(r => r.Length));
            var totals = Merge(reports, workers);
            texts.Add(TotalsText.Of(totals));
            var latency = totals.Timings[Timing.DeliveryLatency];
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(texts[^1])))[..16];
            Console.WriteLine(
                $"{workers,7}   {workers * seconds,7:N0}   {reports.Count,7:N0}   {reports.Max(r => r.Length),12:N0} B   {totals[Counter.Events],6:N0}   "
                + $"{TimingMath.Percentile(latency, 50),14:0.000} / {TimingMath.Percentile(latency, 99):0.000} / {TimingMath.Percentile(latency, 99.9):0.000} ms   {hash}");
        }

        var same = texts.All(t => t == texts[0]);
        Console.WriteLine(same ? "all totals, buckets and percentiles are identical" : "THE TOTALS DIFFER");
        if (largest > LargestWindow)
        {
            Console.WriteLine($"A WINDOW HAS MORE THAN {LargestWindow} BYTES");
        }

        return same && largest <= LargestWindow ? 0 : 1;
    }

    private static List<byte[]> Reports(int users, int seconds, int workers)
    {
        var run = new RunId("merge");
        var load = new InventedLoad(users, Seed);
        var reports = new List<byte[]>();
        for (var w = 0; w < workers; w++)
        {
            var recorder = new WorkerRecorder(InventedLoad.UserTypes);
            for (var second = 0; second < seconds; second++)
            {
                var worker = w;
                var spans = load.Record(recorder, second, user => user % workers == worker);
                var window = recorder.TakeWindow(
                    run, Name(w), second, DateTimeOffset.UnixEpoch.AddSeconds(second), TimeSpan.FromSeconds(1), isLast: second == seconds - 1);
                reports.Add(WireMessages.Encode(new WorkerProtocol.WindowReport(window with { Fanout = [.. spans] })));
            }
        }

        // Acknowledgements get lost, too: every tenth report is there twice.
        var sent = reports.Concat(reports.Where((_, i) => i % 10 == 0)).ToArray();
        new Random(Seed).Shuffle(sent);
        return [.. sent];
    }

    private static StatsTotals Merge(List<byte[]> reports, int workers)
    {
        var ledger = new WindowLedger(new RunId("merge"), Enumerable.Range(0, workers).Select(Name));
        var manifest = WireMessages.Manifests.Single(m => m.Value == typeof(WorkerProtocol.WindowReport)).Key;
        foreach (var report in reports)
        {
            var window = ((WorkerProtocol.WindowReport)WireMessages.Decode(manifest, report)).Window;
            ledger.Add(window);
            if (window.IsLast)
            {
                ledger.Drained(window.Worker, window.Number);
            }

            while (ledger.CloseNext() is not null)
            {
            }
        }

        return ledger.IsComplete ? ledger.Totals : throw new InvalidOperationException("a second is still open");
    }

    private static WorkerId Name(int index) => new($"worker-{index}");
}
