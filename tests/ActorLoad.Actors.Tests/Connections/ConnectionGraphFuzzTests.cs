using System.Text;
using ActorLoad.Actors.Tests.Transport;
using CsCheck;

namespace ActorLoad.Actors.Tests.Connections;

/// <summary>The graph with Akka's own fuzzing of the order of its steps, over any chunks, completed at once or later.</summary>
public sealed class ConnectionGraphFuzzTests() : ConnectionGraphSpec("akka.stream.materializer.debug.fuzzing-mode = on")
{
    private static readonly Gen<(string[] Events, int[] Sizes, int Seed, bool Waits)> Cases =
        Gen.Select(Gen.String[Gen.Char["abc é"], 0, 40].Array[0, 12], Gen.Int[1, 50].Array[1, 6], Gen.Int, Gen.Bool);

    [Fact]
    public Task Any_chunks_in_any_rhythm_give_the_same_events() => Cases.SampleAsync(
        async input =>
        {
            var random = new Random(input.Seed);
            using var body = new FedStream(() => random.Next(2) == 0);
            var bytes = Encoding.UTF8.GetBytes(string.Concat(input.Events.Select(e => $"data: {e}\n\n")));
            var seen = Run(body, waitsForData: input.Waits);
            for (var (at, i) = (0, 0); at < bytes.Length; i++)
            {
                var end = Math.Min(bytes.Length, at + input.Sizes[i % input.Sizes.Length]);
                body.Feed(bytes[at..end]);
                at = end;
                if (i % 3 == 0)
                {
                    await Task.Yield();
                }
            }

            body.End();

            Assert.Null(await seen.End);
            Assert.Equal(input.Events.Select(e => $"event <{e}>"), seen.Records);
            Assert.Equal(bytes.Length, seen.Reads.Sum(r => r.Count));
            await body.Disposed.WaitAsync(Patience);
            Assert.Empty(body.Faults);
        },
        iter: 200,
        threads: 1);

    [Fact]
    public Task A_switch_thrown_at_any_moment_ends_it_once() => Gen.Select(Gen.Int, Gen.Int[0, 20]).SampleAsync(
        async (seed, feeds) =>
        {
            var random = new Random(seed);
            using var body = new FedStream(() => random.Next(2) == 0);
            var seen = Run(body, out var kill);
            for (var i = 0; i < feeds; i++)
            {
                body.Feed($"data: {i}\n\n");
            }

            kill.Shutdown();

            Assert.Null(await seen.End);
            await body.Disposed.WaitAsync(Patience);
            Assert.Equal(seen.Records, Enumerable.Range(0, seen.Records.Count).Select(i => $"event <{i}>"));
            Assert.Equal(1, seen.Ends);
            Assert.Empty(body.Faults);
        },
        iter: 200,
        threads: 1);
}
