using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>
/// A plain line for every 5 seconds of the run, and one for whatever happens to the cluster: what logs and CI show. Of a run
/// elsewhere also a line whenever its phase changes.
/// </summary>
public sealed class PlainProgressView(TextWriter writer, RunProgress progress) : IProgressView
{
    // Windows last a little more or less than a second; without the slack a line would slip to the sixth now and then.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private TimeSpan _due = Interval;
    private string? _phase;
    private bool _pending;
    private bool _finished;

    public void Update(RunSecond second)
    {
        lock (_lock)
        {
            if (_finished)
            {
                return;
            }

            progress.Add(second);
            foreach (var mark in second.Marks)
            {
                writer.WriteLine(MarkText.Of(SummaryMark.From(mark)));
            }

            PrintWhenDue();
        }
    }

    public void Update(RunStatusJson status)
    {
        lock (_lock)
        {
            if (_finished)
            {
                return;
            }

            // The end is the last word: the numbers come before it, else below their phase.
            if (status.Phase == RunPhase.Ended)
            {
                Take(status);
                PrintPending();
                PrintPhase(status);
            }
            else
            {
                PrintPhase(status);
                Take(status);
            }
        }
    }

    public void Finish()
    {
        lock (_lock)
        {
            if (!_finished)
            {
                PrintPending();
            }

            _finished = true;
        }
    }

    private void Take(RunStatusJson status)
    {
        var before = progress.Elapsed;
        progress.Set(status);
        if (progress.Elapsed > before)
        {
            PrintWhenDue();
        }
    }

    private void PrintPhase(RunStatusJson status)
    {
        if (StatusText.Phase(status) is var phase && phase != _phase)
        {
            writer.WriteLine(phase);
            writer.Flush();
            _phase = phase;
        }
    }

    private void PrintPending()
    {
        if (_pending)
        {
            Print();
        }
    }

    private void PrintWhenDue()
    {
        _pending = true;
        if (progress.Elapsed + Slack >= _due)
        {
            Print();
            while (_due <= progress.Elapsed + Slack)
            {
                _due += Interval;
            }
        }
    }

    private void Print()
    {
        var first = progress.FirstEventP99 is { } p99 ? Humanize.Milliseconds(p99) : "-";
        writer.WriteLine(
            $"{Humanize.Clock(progress.Elapsed)}/{Humanize.Clock(progress.Total)}  users {Humanize.Count(progress.Users)}" +
            $"  streams {Humanize.Count(progress.Streams)}  events/s {Humanize.Rate(progress.EventsPerSecond)}" +
            $"  reconnects {Humanize.Count(progress.Reconnects)}  failures {Humanize.Count(progress.Failures)}" +
            $"  first event p99 {first}");
        writer.Flush();
        progress.Mark();
        _pending = false;
    }
}
