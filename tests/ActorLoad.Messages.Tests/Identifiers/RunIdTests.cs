using ActorLoad.Messages.Identifiers;
using CsCheck;

namespace ActorLoad.Messages.Tests.Identifiers;

public sealed class RunIdTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2));

    [Fact]
    public void Tells_when_and_what_in_utc() =>
        Assert.Matches("^20260304-030607-orders-[0-9a-f]{4}$", RunId.Create(Start, "orders").Value);

    [Fact]
    public void Any_scenario_name_makes_a_valid_id() => Gen.String.Sample(name =>
    {
        var id = RunId.Create(Start, name);
        Assert.Equal(id, new RunId(id.Value));
        Assert.DoesNotContain('/', id.Value);
    });

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ü")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".hidden")]
    public void Other_texts_are_refused(string? value) => Assert.Throws<ArgumentException>(() => new RunId(value!));

    [Fact]
    public void A_hundred_characters_are_enough()
    {
        Assert.Equal(100, new RunId(new string('a', 100)).Value.Length);
        Assert.Throws<ArgumentException>(() => new RunId(new string('a', 101)));
    }

    [Fact]
    public void An_uninitialised_id_has_no_value() => Assert.Throws<InvalidOperationException>(() => default(RunId).Value);
}
