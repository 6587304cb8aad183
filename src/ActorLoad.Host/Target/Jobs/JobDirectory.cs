using System.Collections.Concurrent;
using System.Globalization;
using ActorLoad.Host.Target.Channels;
using ActorLoad.Host.Target.Stats;

namespace ActorLoad.Host.Target.Jobs;

/// <summary>
/// The jobs by id. Old ones are forgotten, oldest first, so that a day of jobs takes no more memory than an hour of them.
/// </summary>
internal sealed class JobDirectory(TargetClock clock, ChannelCounters channel, TargetCounters totals, Func<bool> paused)
{
    internal const int MostJobs = 10_000;

    private readonly ConcurrentDictionary<string, Job> _jobs = new();
    private readonly ConcurrentDictionary<string, Job> _byUser = new();
    private readonly ConcurrentQueue<(Job Job, string? User)> _order = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _stepping = new();
    private long _number;

    /// <summary>Enumerated without copying: the stream keeper comes by ten times a second.</summary>
    public IEnumerable<EventRing> Rings => _jobs.Select(j => j.Value.Ring);

    public Job? Find(string id) => _jobs.GetValueOrDefault(id);

    /// <summary>The job that this user started last by following, if it is still known.</summary>
    public Job? FindByUser(string user) => _byUser.GetValueOrDefault(user);

    /// <summary>Starts a job whose events are a step apart, the first one step from now.</summary>
    /// <param name="step">At least 1 ms.</param>
    /// <param name="user">Who follows it, to find it again after a reconnect; or null.</param>
    public Job Create(TimeSpan step, string? user)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"job-{Interlocked.Increment(ref _number)}");
        var job = new Job(id, new EventRing(Job.LastEvent, channel), clock);
        _jobs[id] = job;
        if (user is not null)
        {
            _byUser[user] = job;
        }

        _order.Enqueue((job, user));
        while (_order.Count > MostJobs && _order.TryDequeue(out var oldest))
        {
            Forget(oldest.Job, oldest.User);
        }

        totals.Add(TargetCounter.JobsCreated);
        _ = WorkAsync(job, step);
        return job;
    }

    /// <summary>Returns when no job is publishing.</summary>
    public void AwaitQuiet()
    {
        lock (_stepping)
        {
        }
    }

    /// <summary>Ends the work on all jobs.</summary>
    public void Stop() => _stopped.Cancel();

    private async Task WorkAsync(Job job, TimeSpan step)
    {
        using var timer = new PeriodicTimer(step);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopped.Token).ConfigureAwait(false) && Step(job))
            {
            }
        }
        catch (OperationCanceledException)
        {
            // The target stops: so does the work.
        }
    }

    private bool Step(Job job)
    {
        lock (_stepping)
        {
            if (paused() || job.Step())
            {
                return true;
            }
        }

        totals.Add(TargetCounter.JobsDone);
        return false;
    }

    private void Forget(Job job, string? user)
    {
        _jobs.TryRemove(job.Id, out _);
        if (user is not null)
        {
            _byUser.TryRemove(KeyValuePair.Create(user, job));
        }

        // Who still follows it has the job itself; nobody else will find it.
        job.IsDelivered = true;
    }
}
