using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using CsCheck;

namespace ActorLoad.Messages.Tests.Wire;

public sealed class ParcelsTests
{
    [Fact]
    public void A_small_message_travels_whole()
    {
        var message = new WorkerProtocol.RunOver(new RunId("r"), true);
        Assert.Same(message, Assert.Single(Parcels.Split(message)));
    }

    [Fact]
    public void Pieces_in_any_order_and_given_twice_make_the_message_again() =>
        Gen.Select(Gen.Int[1, 400_000], Gen.Int).Sample((length, seed) =>
        {
            var message = Large(length);
            var pieces = Parcels.Split(message);
            if (pieces is [not Parcel])
            {
                Assert.True(length <= Parcels.PieceBytes);
                return;
            }

            var random = new Random(seed);
            var sent = pieces.Cast<Parcel>().ToArray();
            random.Shuffle(sent);
            var assembler = new ParcelAssembler();
            foreach (var piece in sent[..^1])
            {
                Assert.Null(assembler.Add(Travelled(piece)));
                Assert.Null(assembler.Add(Travelled(piece)));
            }

            Assert.Equal(message, assembler.Add(Travelled(sent[^1])));
        }, iter: 60);

    [Fact]
    public void Every_piece_stays_below_the_frame_that_is_logged_as_large()
    {
        var pieces = Parcels.Split(Large(1_000_000));
        Assert.True(pieces.Count > 10);
        Assert.All(pieces, p => Assert.True(WireMessages.Encode(p).Length < 64_000));
    }

    [Fact]
    public void Pieces_of_several_messages_do_not_mix()
    {
        var (a, b) = (Large(200_000), Large(150_000));
        var assembler = new ParcelAssembler();
        var mixed = Parcels.Split(a).Zip(Parcels.Split(b)).SelectMany(p => new[] { p.First, p.Second }).Concat(Parcels.Split(a).Skip(9)).Cast<Parcel>();
        var whole = mixed.Select(assembler.Add).Where(m => m is not null).ToList();
        Assert.Contains(b, whole);
        Assert.DoesNotContain(whole, m => !Equals(m, a) && !Equals(m, b));
    }

    [Fact]
    public void Of_too_many_incomplete_messages_the_oldest_is_given_up()
    {
        var assembler = new ParcelAssembler();
        var all = Enumerable.Range(0, ParcelAssembler.MostOpen + 1).Select(i => Parcels.Split(Large(100_000 + i)).Cast<Parcel>().ToList()).ToList();
        foreach (var pieces in all)
        {
            Assert.Null(assembler.Add(pieces[0]));
        }

        Assert.NotNull(assembler.Add(all[1][1]));
        Assert.Null(assembler.Add(all[0][1]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 2)]
    [InlineData(2, 2)]
    [InlineData(0, int.MaxValue)]
    public void A_piece_that_cannot_be_is_refused(int index, int count) =>
        Assert.Throws<WireFormatException>(() => new ParcelAssembler().Add(new Parcel("x", index, count, "run-over/1", [])));

    [Fact]
    public void Pieces_that_contradict_each_other_and_those_that_make_no_message_are_refused()
    {
        var assembler = new ParcelAssembler();
        Assert.Null(assembler.Add(new Parcel("x", 0, 2, "run-over/1", [1])));
        Assert.Throws<WireFormatException>(() => assembler.Add(new Parcel("x", 1, 3, "run-over/1", [1])));
        Assert.Throws<WireFormatException>(() => assembler.Add(new Parcel("y", 0, 1, "run-over/1", [0xff])));
        Assert.Throws<WireFormatException>(() => assembler.Add(new Parcel("z", 0, 1, "none/1", [])));

        // However deep they are packed into each other.
        var packed = WireMessages.Encode(new Parcel("inner", 0, 1, "runs-query/1", []));
        Assert.Throws<WireFormatException>(() => assembler.Add(new Parcel("outer", 0, 1, "parcel/1", packed)));
    }

    private static RunProtocol.SummaryAnswer Large(int length) => new(new RunId("r"), new string('x', length), null);

    private static Parcel Travelled(Parcel piece) => (Parcel)WireMessages.Decode("parcel/1", WireMessages.Encode(piece));
}
