using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Terminal;
using ActorLoad.Host.Tests.Api;
using ActorLoad.Messages.Cluster;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>A run elsewhere, as the terminal and as logs show it.</summary>
public class WatchViewTests
{
    private readonly StringWriter _out = new() { NewLine = "\n" };

    private static RunStatusJson At(double second, long events = 0, RunPhase phase = RunPhase.Running, string? note = null) =>
        RunStatusJson.From(SampleRuns.Running) with
        {
            ElapsedSeconds = second,
            Phase = phase,
            Note = note,
            Counters = new Dictionary<string, long> { ["events"] = events, ["connects_failed"] = 2, ["reconnects"] = 3 },
        };

    [Fact]
    public void Plain_lines_tell_each_phase_once_and_numbers_every_five_seconds()
    {
        var view = ProgressView.Create(_out, isTerminal: false, "orders", TimeSpan.FromMinutes(1));
        view.Update(At(0, phase: RunPhase.Gathering, note: "1 of 3 workers so far"));
        view.Update(At(0, phase: RunPhase.Gathering, note: "1 of 3 workers so far"));
        for (var second = 1; second <= 12; second++)
        {
            view.Update(At(second, second * 100));
            view.Update(At(second, second * 100));
        }

        view.Update(At(13, 1300, phase: RunPhase.Ended) with { Status = "passed" });
        view.Finish();
        view.Update(At(14));
        Assert.Equal(
            [
                "gathering, 3 workers: 1 of 3 workers so far",
                "running, 3 workers",
                "00:05/01:00  users 100  streams 98  events/s 100  reconnects 3  failures 2  first event p99 121ms",
                "00:10/01:00  users 100  streams 98  events/s 100  reconnects 3  failures 2  first event p99 121ms",
                "00:13/01:00  users 100  streams 98  events/s 100  reconnects 3  failures 2  first event p99 121ms",
                "passed, 3 workers",
            ],
            _out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_terminal_shows_the_phase_below_the_numbers_and_nothing_at_the_end()
    {
        var console = Consoles.Create(_out, isTerminal: true);
        console.Profile.Width = 100;
        var view = new LiveProgressView(console, new RunProgress("orders", TimeSpan.FromMinutes(1)));
        view.Update(At(11, 1100));
        view.Update(At(12, 1200, note: "worker on 10.0.0.7:8110 was lost"));
        var screen = new Screen();
        screen.Write(_out.ToString());
        Assert.StartsWith("00:12 / 01:00", screen.Lines[0], StringComparison.Ordinal);
        Assert.Contains("events/s 100", screen.Lines[1], StringComparison.Ordinal);
        Assert.Equal("running, 3 workers: worker on 10.0.0.7:8110 was lost", screen.Lines[3]);
        view.Finish();
        screen = new Screen();
        screen.Write(_out.ToString());
        Assert.All(screen.Lines, line => Assert.Equal("", line));
    }
}
