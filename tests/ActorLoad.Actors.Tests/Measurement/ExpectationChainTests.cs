using System.Text;
using ActorLoad.Actors.Framing;
using ActorLoad.Actors.Measurement;

namespace ActorLoad.Actors.Tests.Measurement;

public sealed class ExpectationChainTests
{
    private int _calls;
    private long _number;

    [Fact]
    public void An_event_counts_for_the_first_expectation_that_is_not_met_yet()
    {
        var chain = Chain(Any(2), Named("done"), Any(1));
        Feed(chain, "a");
        Assert.Equal((0, 1), (chain.Met, chain.Matched));
        Feed(chain, "done");
        Assert.Equal((1, 0), (chain.Met, chain.Matched));
        Feed(chain, "a");
        Assert.Equal(1, chain.Met);
        Feed(chain, "done");
        Feed(chain, "a");
        Assert.Equal(3, chain.Met);
        Assert.Equal([2, 4, 5], Enumerable.Range(0, 3).Select(chain.MetAt));
    }

    [Fact]
    public void The_callback_comes_once_per_met_expectation_and_never_after_the_last()
    {
        var chain = Chain(Any(3), Any(1));
        for (var i = 0; i < 10; i++)
        {
            Feed(chain, "a");
        }

        Assert.Equal(2, _calls);
    }

    [Theory]
    [InlineData(null, null, "any", "x", true)]
    [InlineData("tick", null, "tick", "x", true)]
    [InlineData("tick", null, "ticks", "x", false)]
    [InlineData("tick", null, "", "x", false)]
    [InlineData("message", null, "", "x", true)]
    [InlineData("message", null, "message", "x", true)]
    [InlineData("", null, "", "x", true)]
    [InlineData(null, "müll", "t", "viel müll hier", true)]
    [InlineData(null, "müll", "t", "mull", false)]
    [InlineData("tick", "x", "tick", "no", false)]
    [InlineData("tick", "x", "tock", "x", false)]
    [InlineData("tick", "x", "tick", "axb", true)]
    public void A_match_needs_the_name_and_the_text(string? name, string? text, string type, string data, bool matches)
    {
        var expectation = new Expectation(1, name is null ? null : Bytes(name), text is null ? null : Bytes(text));
        Assert.Equal(matches, expectation.Matches(new SseEvent(Bytes(type), Bytes(data), default)));
    }

    private static Expectation Any(int count) => new(count, null, null);

    private static Expectation Named(string name) => new(1, Bytes(name), null);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private ExpectationChain Chain(params Expectation[] expectations) => new(expectations, _ => _calls++);

    private void Feed(ExpectationChain chain, string type) =>
        chain.OnEvent(new SseEvent(Bytes(type), "d"u8, default), ++_number);
}
