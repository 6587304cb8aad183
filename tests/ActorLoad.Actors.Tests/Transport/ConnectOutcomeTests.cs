using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Tests.Transport;

public sealed class ConnectOutcomeTests
{
    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("Text/Event-Stream")]
    [InlineData("text/event-stream; charset=utf-8")]
    [InlineData("text/event-stream;charset=windows-1251")]
    [InlineData("  text/event-stream ;")]
    public void Two_hundred_with_an_event_stream_opens(string contentType) =>
        Assert.Null(ConnectOutcome.Judge(200, contentType));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("text/event-streams")]
    [InlineData("text/x-bogus;text/event-stream")]
    [InlineData("application/json; text/event-stream")]
    public void Any_other_content_type_does_not(string? contentType) =>
        Assert.Equal(FailureReason.ContentType, ConnectOutcome.Judge(200, contentType)?.Reason);

    [Fact]
    public void No_content_means_go_away_for_good() =>
        Assert.Equal(FailureReason.NoContent, ConnectOutcome.Judge(204, "text/event-stream")?.Reason);

    [Theory]
    [InlineData(201)]
    [InlineData(205)]
    [InlineData(206)]
    [InlineData(304)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public void Any_other_status_is_named(int status)
    {
        var judged = ConnectOutcome.Judge(status, "text/event-stream");

        Assert.Equal(FailureReason.Status, judged?.Reason);
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), judged?.Message);
    }

    [Fact]
    public void A_flood_of_a_content_type_is_shortened() =>
        Assert.InRange(ConnectOutcome.Judge(200, new string('x', 10_000))!.Value.Message.Length, 80, 200);
}
