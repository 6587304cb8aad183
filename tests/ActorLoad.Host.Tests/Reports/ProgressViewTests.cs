using ActorLoad.Host.Reports.Terminal;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

public class ProgressViewTests
{
    private readonly StringWriter _out = new() { NewLine = "\n" };

    private static readonly RunMark Lost = new(TimeSpan.FromSeconds(1.2), RunMarkKind.WorkerLost, "10.0.0.7:8110");
    private static readonly RunMark Moved = new(TimeSpan.FromSeconds(1.9), RunMarkKind.SharesMoved, "10.0.0.7:8110");

    private string[] Lines => _out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private IProgressView Plain() => ProgressView.Create(_out, isTerminal: false, SampleRun.Scenario());

    private LiveProgressView Live() => new(Consoles.Create(_out, isTerminal: true), new RunProgress("orders", TimeSpan.FromSeconds(12)));

    private static RunSecond Quiet(int n) => new WindowBuilder(n).Gauges(1234, 1233).Events("message", 10).Second();

    [Fact]
    public void Plain_lines_come_every_five_seconds_and_at_the_end()
    {
        var view = Plain();
        for (var n = 0; n < 12; n++)
        {
            view.Update(Quiet(n));
            Assert.Equal((n + 1) / 5, Lines.Length);
        }

        view.Finish();
        Assert.Equal(["00:05/00:12", "00:10/00:12", "00:12/00:12"], Lines.Select(l => l.Split(' ')[0]));
    }

    [Fact]
    public void Seconds_a_little_short_or_long_do_not_shift_the_lines()
    {
        var view = Plain();
        foreach (var length in (double[])[0.9, 1.1, 0.95, 1.0, 0.98, 1.1, 1.0, 1.0, 1.0, 1.0])
        {
            view.Update(Quiet(0) with { Length = TimeSpan.FromSeconds(length) });
        }

        Assert.Equal(2, Lines.Length);
    }

    [Fact]
    public void A_plain_line_tells_levels_rates_and_running_totals_without_escape_sequences()
    {
        var view = Plain();
        for (var n = 0; n < 10; n++)
        {
            view.Update(new WindowBuilder(n)
                .Gauges(1234, 1233)
                .Events("message", n < 5 ? 10 : 2000)
                .Count(Counter.Reconnects, 2)
                .Count(Counter.ConnectsFailed, 1)
                .Count(Counter.RequestsFailed, 1)
                .Count(Counter.TasksFailed, 1)
                .Count(Counter.UsersCrashed, 1)
                .Time(Timing.TimeToFirstEvent, n == 0 ? 40_000 : 1000)
                .Second());
        }

        Assert.Equal(
            [
                "00:05/00:12  users 1,234  streams 1,233  events/s 10  reconnects 10  failures 20  first event p99 40.0ms",
                "00:10/00:12  users 1,234  streams 1,233  events/s 2,000  reconnects 20  failures 40  first event p99 40.0ms",
            ],
            Lines);
    }

    [Fact]
    public void Before_the_first_event_there_is_no_time_to_it()
    {
        var view = Plain();
        view.Update(new WindowBuilder(0).Second());
        view.Finish();
        Assert.EndsWith("first event p99 -", Lines.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_the_end_nothing_more_is_written(bool terminal)
    {
        var view = terminal ? Live() : Plain();
        view.Update(Quiet(0));
        view.Finish();
        var text = _out.ToString();
        view.Update(Quiet(1));
        view.Finish();
        Assert.Equal(text, _out.ToString());
    }

    [Fact]
    public void A_run_without_a_closed_second_shows_nothing()
    {
        Plain().Finish();
        Live().Finish();
        Assert.Empty(_out.ToString());
    }

    [Fact]
    public void On_a_terminal_each_second_replaces_the_block_of_the_one_before()
    {
        var view = Live();
        var screen = new Screen();
        _out.Write("prompt\n");
        for (var n = 0; n < 6; n++)
        {
            view.Update(Quiet(n));
        }

        screen.Write(_out.ToString());
        Assert.Equal("prompt", screen.Lines[0]);
        Assert.StartsWith("00:06 / 00:12  ━━━━━━━━━━━━━━━━━━━━────────────────────", screen.Lines[1], StringComparison.Ordinal);
        Assert.Contains("users 1,234   streams 1,233   events/s 10   events 60", screen.Lines[2], StringComparison.Ordinal);
        Assert.Contains("first event p99 -", screen.Lines[3], StringComparison.Ordinal);
        Assert.Equal(4, screen.Lines.Count(l => l.Length > 0));
    }

    [Fact]
    public void At_the_end_the_block_is_gone_and_the_cursor_stands_where_it_began()
    {
        var view = Live();
        _out.Write("prompt\n");
        view.Update(Quiet(0));
        view.Update(Quiet(1));
        view.Finish();
        _out.Write("summary\n");
        var screen = new Screen();
        screen.Write(_out.ToString());
        Assert.Equal(["prompt", "summary"], screen.Lines.Where(l => l.Length > 0));
        Assert.DoesNotContain("\e[?25l", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_happens_to_the_cluster_is_told_at_once_on_plain_lines()
    {
        var view = Plain();
        view.Update(Quiet(0));
        view.Update(Quiet(1) with { Marks = [Lost, Moved] });
        Assert.Equal(["00:01 worker on 10.0.0.7:8110 was lost", "00:01 users that moved because of 10.0.0.7:8110 are with their new workers"], Lines);
    }

    [Fact]
    public void What_happens_to_the_cluster_stays_above_the_block_and_after_it()
    {
        var view = Live();
        var screen = new Screen();
        _out.Write("prompt\n");
        view.Update(Quiet(0));
        view.Update(Quiet(1) with { Marks = [Lost] });
        view.Update(Quiet(2));
        screen.Write(_out.ToString());
        Assert.Equal(["prompt", "00:01 worker on 10.0.0.7:8110 was lost"], screen.Lines.Take(2));
        Assert.StartsWith("00:03 / 00:12", screen.Lines[2], StringComparison.Ordinal);
        Assert.Equal(5, screen.Lines.Count(l => l.Length > 0));

        view.Finish();
        var left = new Screen();
        left.Write(_out.ToString());
        Assert.Equal(["prompt", "00:01 worker on 10.0.0.7:8110 was lost"], left.Lines.Where(l => l.Length > 0));
    }

    [Fact]
    public void A_narrow_terminal_cuts_lines_instead_of_wrapping_them()
    {
        var console = Consoles.Create(_out, isTerminal: true);
        console.Profile.Width = 20;
        var view = new LiveProgressView(console, new RunProgress("orders", TimeSpan.FromSeconds(12)));
        view.Update(Quiet(0));
        view.Update(new WindowBuilder(1).Failure(FailureWhere.Task, FailureReason.Crash, 1).Second());
        var screen = new Screen();
        screen.Write(_out.ToString());
        Assert.All(screen.Lines, l => Assert.True(l.Length < 20, l));
        Assert.Equal(3, screen.Lines.Count(l => l.Length > 0));
    }
}
