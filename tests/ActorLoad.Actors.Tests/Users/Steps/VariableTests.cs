using ActorLoad.Actors.Users;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Tests.Users.Steps;

/// <summary>Values that a request extracts, and the awaits that need them.</summary>
public sealed class VariableTests
{
    private static readonly RequestStep Post = Sample.Request() with { Extract = [new Extraction("id", "/id", null)] };

    private readonly FakeUser _user = new();

    [Fact]
    public void A_request_passes_with_everything_it_extracts()
    {
        _user.Run(Post, Sample.Subscribe());
        _user.Respond(1, Extracted("7"));

        Assert.Equal("7", _user.Render(Template.Parse("{{var.id}}")));
        Assert.Contains("open a", _user.Asked);
    }

    [Fact]
    public void A_request_that_lacks_a_value_fails_and_sets_nothing()
    {
        _user.Run(Post);
        _user.Respond(1, ExtractedValues.Failed("the response has no '/id' for the variable 'id'"));

        _user.AssertFailed(FailureReason.ExtractFailed);
        Assert.Equal("POST /api: the response has no '/id' for the variable 'id'", _user.Result.Message);
        Assert.Throws<UnsetVariableException>(() => _user.Render(Template.Parse("{{var.id}}")));
    }

    [Fact]
    public void An_await_of_a_field_matches_on_its_value()
    {
        Subscribed(Field("/to", "{{user.id}}"));
        _user.Event("a", data: """{"to":41}""");
        _user.Event("a", data: "no json with 42");
        _user.AssertPending();

        _user.Event("a", data: """{"to":42}""");
        _user.AssertPassed();
    }

    [Fact]
    public void An_await_can_need_what_the_request_before_it_extracts()
    {
        Subscribed(Post, Field("/id", "{{var.id}}"));
        _user.Respond(2, Extracted("7"));
        _user.Event("a", data: """{"id":6}""");
        _user.AssertPending();
        _user.Event("a", data: """{"id":7}""");

        _user.AssertPassed();
    }

    [Fact]
    public void What_arrives_between_the_request_and_the_await_is_not_missed()
    {
        Subscribed(Post, Sample.Pause(), Field("/id", "{{var.id}}"));
        _user.Respond(2, Extracted("7"));
        _user.Event("a", data: """{"id":7}""");
        _user.Elapse();

        _user.AssertPassed();
    }

    [Fact]
    public void A_value_of_an_earlier_round_is_not_taken_for_the_one_to_come()
    {
        _user.SetVariable("id", "6");
        Subscribed(Post, Field("/id", "{{var.id}}"));
        _user.Event("a", data: """{"id":6}""");
        _user.Respond(2, Extracted("7"));
        _user.AssertPending();
        _user.Event("a", data: """{"id":7}""");

        _user.AssertPassed();
    }

    [Fact]
    public void The_awaits_around_it_are_not_disturbed()
    {
        Subscribed(Sample.Await(type: "hello"), Post, Field("/id", "{{var.id}}"), Sample.Await(type: "bye"));
        _user.Event("a", type: "hello");
        _user.Respond(3, Extracted("7"));
        _user.Event("a", type: "bye");
        _user.Event("a", data: """{"id":7}""");
        _user.AssertPending();
        _user.Event("a", type: "bye");

        _user.AssertPassed();
    }

    [Fact]
    public void A_request_within_parallel_makes_it_known_as_well()
    {
        Subscribed(Sample.Parallel([Post], [Sample.Pause()]), Field("/id", "{{var.id}}"));
        _user.Respond(2, Extracted("7"));
        _user.Elapse();
        _user.Event("a", data: """{"id":7}""");

        _user.AssertPassed();
    }

    [Fact]
    public void An_await_of_a_value_that_nobody_has_extracted_fails_when_it_is_reached()
    {
        Subscribed(Sample.Pause(), Field("/id", "{{var.id}}"));
        _user.AssertPending();
        _user.Elapse();

        _user.AssertFailed(FailureReason.ExtractFailed);
        Assert.Contains("'id'", _user.Result.Message, StringComparison.Ordinal);
    }

    private static ExtractedValues Extracted(string id) => ExtractedValues.Found([new("id", id)]);

    private static AwaitStep Field(string pointer, string value) =>
        Sample.Await() with { DataJson = new DataMatch(pointer, Template.Parse(value)) };

    private void Subscribed(params Step[] steps)
    {
        _user.Run([Sample.Subscribe(), .. steps]);
        _user.Opened("a");
    }
}
