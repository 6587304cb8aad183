using System.Net.Sockets;
using System.Text;
using ActorLoad.Actors.Tests.Transport;
using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;
using Akka.Streams;

namespace ActorLoad.Actors.Tests.Connections;

public sealed class ConnectionGraphTests() : ConnectionGraphSpec("")
{
    public static TheoryData<Exception, FailureReason> ReadErrors => new()
    {
        { new IOException("x", new SocketException((int)SocketError.ConnectionReset)), FailureReason.Reset },
        { new HttpIOException(HttpRequestError.ResponseEnded), FailureReason.Truncated },
        { new HttpIOException(HttpRequestError.InvalidResponse), FailureReason.Protocol },
        { new SocketException((int)SocketError.ConnectionAborted), FailureReason.Reset },
        { new InvalidDataException("broken gzip"), FailureReason.Protocol },
        { new ObjectDisposedException("somebody else"), FailureReason.Reset },
    };

    [Fact]
    public async Task A_clean_end_comes_once_and_disposes_the_body()
    {
        var body = new FedStream();
        body.Feed("data: 1\n\ndata: 2\n\n");
        body.End();
        var seen = Run(body);

        Assert.Null(await seen.End);
        await body.Disposed.WaitAsync(Patience);
        Assert.Equal(["event <1>", "event <2>"], seen.Records);
        Assert.Equal(1, seen.Ends);
        Assert.Empty(body.Faults);
    }

    [Theory]
    [MemberData(nameof(ReadErrors))]
    public async Task A_failed_read_becomes_its_reason(Exception error, FailureReason expected)
    {
        var body = new FedStream();
        var seen = Run(body);
        body.Feed("data: 1\n\n");
        body.Break(error);

        Assert.Equal(expected, Assert.IsType<StreamBrokenException>(await seen.End).Reason);
        await body.Disposed.WaitAsync(Patience);
        Assert.Equal(["event <1>"], seen.Records);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_reads_badly_from_the_start_ends_as_well(bool waitsForData)
    {
        var body = new FedStream();
        body.Break(new IOException("x"));
        var seen = Run(body, waitsForData: waitsForData);

        Assert.IsType<StreamBrokenException>(await seen.End);
        await body.Disposed.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_quiet_connection_holds_no_buffer()
    {
        var body = new FedStream();
        var seen = Run(body, out var kill);
        await WaitingAsync(body, 1);
        body.Feed(":\n");
        await WaitingAsync(body, 2);
        kill.Shutdown();
        await seen.End;

        Assert.Equal(0, body.LargestWaitingBuffer);
    }

    [Fact]
    public async Task Without_that_promise_it_reads_into_a_buffer()
    {
        var body = new FedStream();
        var seen = Run(body, waitsForData: false);
        await WaitingAsync(body, 1);
        body.Feed("data: 1\n\n");
        body.End();

        Assert.Null(await seen.End);
        Assert.Equal(["event <1>"], seen.Records);
        Assert.NotEqual(0, body.LargestWaitingBuffer);
        Assert.Empty(body.Faults);
    }

    [Fact]
    public async Task A_large_read_arrives_in_pieces_and_whole()
    {
        var text = "data: " + new string('x', 100_000) + "\n\n";
        var body = new FedStream();
        body.Feed(text);
        body.End();
        var seen = Run(body);

        Assert.Null(await seen.End);
        Assert.Equal(text.Length, seen.Reads.Sum(r => r.Count));
        Assert.Equal(["event <" + new string('x', 100_000) + ">"], seen.Records);
    }

    [Fact]
    public async Task A_stamp_lies_between_the_send_and_the_report()
    {
        var body = new FedStream();
        var seen = Run(body);
        var before = TimeProvider.System.GetTimestamp();
        body.Feed("data: 1\n\n");
        body.End();
        await seen.End;

        Assert.InRange(seen.Reads[0].At, before, TimeProvider.System.GetTimestamp());
    }

    [Fact]
    public async Task The_switch_ends_a_graph_that_waits()
    {
        var body = new FedStream();
        var seen = Run(body, out var kill);
        kill.Shutdown();

        Assert.Null(await seen.End);
        await body.Disposed.WaitAsync(Patience);
        Assert.Empty(body.Faults);
    }

    [Fact]
    public async Task The_switch_may_be_thrown_twice_and_after_the_end()
    {
        var body = new FedStream();
        var seen = Run(body, out var kill);
        kill.Shutdown();
        kill.Shutdown();
        await seen.End;
        kill.Shutdown();
        kill.Abort(new IOException("late"));

        Assert.Equal(1, seen.Ends);
    }

    [Fact]
    public async Task An_abort_ends_it_with_the_cause()
    {
        var cause = new InvalidOperationException("so be it");
        var body = new FedStream();
        var seen = Run(body, out var kill);
        kill.Abort(cause);

        Assert.Same(cause, await seen.End);
        await body.Disposed.WaitAsync(Patience);
    }

    [Theory]
    [InlineData("data: 0123456789\n", FailureReason.LineTooLong)]
    [InlineData("data: 0\ndata: 1\ndata: 2\ndata: 3\ndata: 4\n\n", FailureReason.EventTooLarge)]
    public async Task A_limit_breaks_the_stream(string text, FailureReason expected)
    {
        var body = new FedStream();
        body.Feed("data: 1\n\n" + text);
        var seen = Run(body, limit: 8);

        Assert.Equal(expected, Assert.IsType<StreamBrokenException>(await seen.End).Reason);
        await body.Disposed.WaitAsync(Patience);
        Assert.Equal(["event <1>"], seen.Records);
    }

    [Fact]
    public async Task A_defect_of_the_observer_reaches_the_end_as_it_is()
    {
        var defect = new InvalidOperationException("a defect");
        var body = new FedStream();
        var seen = Run(body);
        seen.On = _ => throw defect;
        body.Feed("data: 1\n\n");

        Assert.Same(defect, await seen.End);
        await body.Disposed.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_defect_of_the_body_is_no_defect_of_ours()
    {
        var body = new FedStream();
        var seen = Run(body);
        body.Break(new InvalidOperationException("the HTTP stack's"));

        Assert.Equal(FailureReason.Reset, Assert.IsType<StreamBrokenException>(await seen.End).Reason);
    }

    [Fact]
    public async Task A_materializer_that_goes_down_takes_the_body_with_it()
    {
        using var own = ActorMaterializer.Create(Sys);
        var body = new FedStream();
        var recorder = new FramingRecorder();
        Akka.Streams.Dsl.Source.FromGraph(new ResponseByteSource(new StreamResponse(body, "", 0, 0, true)))
            .To(Akka.Streams.Dsl.Sink.FromGraph(new ActorLoad.Actors.Framing.SseDecodeStage(
                () => new ActorLoad.Actors.Framing.SseDecoder(recorder, 100, 100, []), recorder)))
            .Run(own);
        own.Shutdown();

        await recorder.End;
        await body.Disposed.WaitAsync(Patience);
    }

    [Fact]
    public async Task Bytes_that_drip_one_at_a_time_are_fine()
    {
        var body = new FedStream();
        var seen = Run(body);
        foreach (var b in Encoding.UTF8.GetBytes(": é\ndata: 1\n\n"))
        {
            body.Feed([b]);
        }

        body.End();
        Assert.Null(await seen.End);
        Assert.Equal(["comment <é>", "event <1>"], seen.Records);
    }

    private Task WaitingAsync(FedStream body, int reads) =>
        AwaitConditionAsync(() => Task.FromResult(body.Waits >= reads), Patience, TimeSpan.FromMilliseconds(5));
}
