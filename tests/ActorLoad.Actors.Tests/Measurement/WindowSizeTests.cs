using System.Text;
using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;

namespace ActorLoad.Actors.Tests.Measurement;

/// <summary>What a second of one worker weighs on its way to the coordinator.</summary>
public sealed class WindowSizeTests
{
    private const int Most = 64 * 1024;

    [Fact]
    public void A_window_of_a_busy_worker_is_below_64_KB()
    {
        var bytes = Size(types: 1, samples: 5_000);
        Assert.InRange(bytes, 10_000, Most);
    }

    [Fact]
    public void A_larger_one_travels_in_pieces_below_that()
    {
        var report = Report(types: 12, samples: 5_000);
        Assert.True(WireMessages.Encode(report).Length > Most);
        Assert.All(Parcels.Split(report), p => Assert.InRange(WireMessages.Encode(p).Length, 1, Most));
    }

    private static int Size(int types, int samples) => WireMessages.Encode(Report(types, samples)).Length;

    // Every timing there is, each evenly over five powers of ten, which none does: real ones weigh a fifth.
    private static WorkerProtocol.WindowReport Report(int types, int samples)
    {
        var random = new Random(7);
        var recorder = new WorkerRecorder([.. Enumerable.Range(0, types).Select(i => new UserType
        {
            Name = $"user-type-{i}",
            Tasks = [.. Enumerable.Range(0, 3).Select(t => new TaskDefinition($"task-{t}", 1, []))],
        })]);
        foreach (var type in recorder.UserTypes)
        {
            foreach (var timing in Enum.GetValues<Timing>())
            {
                for (var i = 0; i < samples; i++)
                {
                    type.RecordMicroseconds(timing, (long)Math.Pow(10, 2 + (5 * random.NextDouble())));
                }
            }

            foreach (var counter in Enum.GetValues<Counter>())
            {
                type.Count(counter, random.Next());
                type.Stream("main").Count(counter, random.Next());
            }
        }

        for (var i = 0; i < 50; i++)
        {
            recorder.Events.Count(Encoding.UTF8.GetBytes($"event-name-{i}"));
        }

        foreach (var reason in Enum.GetValues<FailureReason>())
        {
            recorder.Failures.Count(FailureWhere.Connect, reason, new string('x', 100));
        }

        return new WorkerProtocol.WindowReport(recorder.TakeWindow(new RunId("run"), new WorkerId("w"), 7, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1)));
    }
}
