using ActorLoad.Actors.Coordination.Registry;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using CsCheck;

namespace ActorLoad.Actors.Tests.Coordination;

public sealed class ClockBookTests
{
    private static readonly WorkerId A = new("a");

    [Fact]
    public void The_true_offset_lies_within_the_error_whatever_the_ways_take() =>
        Gen.Select(Gen.Long[-10_000_000, 10_000_000], Gen.Select(Gen.Int[0, 50_000], Gen.Int[0, 50_000]).Array[1, 8].Array[1, 6]).Sample((offset, bursts) =>
        {
            var book = new ClockBook();
            var now = 1_900_000_000_000_000L;
            foreach (var burst in bursts)
            {
                book.Begin();
                foreach (var (there, back) in burst)
                {
                    book.Add(new WorkerProtocol.ClockPong(A, now, now + there - offset), now + there + back);
                    now += 50_000;
                }
            }

            var (measured, error) = book.Set()!.Value;
            Assert.InRange(offset, measured - error, measured + error);
            var best = bursts.TakeLast(3).SelectMany(b => b).Min(p => p.Item1 + p.Item2);
            Assert.Equal((best + 1) / 2, error);
            Assert.Equal(best / 1000.0, book.Estimate!.RoundTripMs);
        });

    [Fact]
    public void Without_an_answer_nothing_is_known_and_an_impossible_one_says_nothing()
    {
        var book = new ClockBook();
        book.Add(new WorkerProtocol.ClockPong(A, 1000, 1000), 2000);
        book.Begin();
        Assert.Null(book.Set());
        book.Add(new WorkerProtocol.ClockPong(A, 1000, 1000), 999);
        book.Add(new WorkerProtocol.ClockPong(A, 1000, 1000), 61_000_000);
        Assert.Null(book.Set());
        Assert.Null(book.Estimate);
    }
}
