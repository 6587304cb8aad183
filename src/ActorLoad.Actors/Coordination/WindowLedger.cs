using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Merges the windows of all workers of a run: each (worker, number) once, however often it is reported and in whatever
/// order. Second n closes when every worker that still runs has reported its window n; after <see cref="GiveUp"/> with what
/// has been reported of it. Plain logic.
/// </summary>
public sealed class WindowLedger
{
    private readonly RunId _run;
    private readonly Dictionary<WorkerId, Account> _accounts;
    private readonly FanoutMerger _fanout;
    private int _nextSecond;
    private long _end;

    public WindowLedger(RunId run, IEnumerable<WorkerId> workers)
    {
        _run = run;
        _accounts = workers.ToDictionary(w => w, _ => new Account());
        _fanout = new FanoutMerger(_accounts.Count);
    }

    /// <summary>Everything in closed seconds.</summary>
    public StatsTotals Totals { get; } = new();

    /// <summary>All workers have drained and every one of their windows is in a closed second.</summary>
    public bool IsComplete => _accounts.Values.All(a => a.Last is { } last && _nextSecond > last);

    /// <returns>False when the window was known already, or belongs to no worker of this run: nothing changed.</returns>
    public bool Add(StatsWindow window) =>
        window.Run == _run
        && _accounts.TryGetValue(window.Worker, out var account)
        && window.Number >= _nextSecond
        && account.Open.TryAdd(window.Number, window);

    /// <summary>This worker has no window after that one.</summary>
    public void Drained(WorkerId worker, int lastWindow)
    {
        if (_accounts.TryGetValue(worker, out var account))
        {
            account.Last = lastWindow;
        }
    }

    /// <summary>No more windows will come: what is here makes up the rest of the run.</summary>
    public void GiveUp()
    {
        foreach (var account in _accounts.Values)
        {
            account.GiveUp(_nextSecond - 1);
        }
    }

    /// <summary>Closes the next second if it can be closed.</summary>
    /// <returns>Null when a window is still missing, or nothing is left.</returns>
    public RunSecond? CloseNext()
    {
        if (IsComplete || _accounts.Values.Any(a => !a.Covers(_nextSecond)))
        {
            return null;
        }

        var second = new StatsTotals();
        var levels = new long[MetricNames.Gauges.Count];
        var highest = new long[MetricNames.Gauges.Count];
        var (start, length) = (long.MaxValue, 0);
        foreach (var account in _accounts.Values)
        {
            if (account.Open.Remove(_nextSecond, out var window))
            {
                second.Add(window);
                account.HasLast |= window.IsLast;
                foreach (var span in window.Fanout)
                {
                    _fanout.Add(span, _nextSecond);
                }

                start = Math.Min(start, window.StartUnixMs);
                length = Math.Max(length, window.LengthMs);
                for (var i = 0; i < levels.Length && i < window.Gauges.Length; i++)
                {
                    levels[i] += window.Gauges[i];
                    highest[i] += window.GaugesMax[i];
                }
            }
        }

        if (start == long.MaxValue)
        {
            // Given up, and nobody has reported this one.
            start = _end;
        }

        _end = start + length;
        second.AddGauges(levels, highest);
        _fanout.Complete(second, _nextSecond, _accounts.Values.All(a => a.HasLast || a.Last <= _nextSecond));
        Totals.Add(second);
        return new RunSecond(
            _run, _nextSecond++, DateTimeOffset.FromUnixTimeMilliseconds(start), TimeSpan.FromMilliseconds(length), second);
    }

    private sealed class Account
    {
        public Dictionary<int, StatsWindow> Open { get; } = [];

        public int? Last { get; set; }

        /// <summary>The worker's last window is in a closed second.</summary>
        public bool HasLast { get; set; }

        private bool IsGivenUp { get; set; }

        public bool Covers(int number) => IsGivenUp || Open.ContainsKey(number) || (Last is { } last && number > last);

        public void GiveUp(int closed)
        {
            IsGivenUp = true;
            Last = Open.Count == 0 ? closed : Open.Keys.Max();
        }
    }
}
