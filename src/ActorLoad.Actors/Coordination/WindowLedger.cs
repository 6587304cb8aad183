using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Coordination;

/// <summary>
/// Merges the windows of all workers of a run: each (worker, number) once, however often it is reported and in whatever
/// order. Second n closes when every worker whose windows have begun and which still runs has reported its window n; of one
/// that is lost, and after <see cref="GiveUp"/> of all, with what has been reported. Plain logic.
/// </summary>
public sealed class WindowLedger
{
    /// <summary>How many seconds a window may lie ahead of the one that closes next: an hour of one worker while another is silent.</summary>
    public const int MostAhead = 3600;

    private const int SecondMs = 1000;

    private readonly RunId _run;
    private readonly Dictionary<WorkerId, Account> _accounts = [];
    private readonly FanoutMerger _fanout = new();
    private readonly List<RunMark> _marks = [];
    private readonly List<(StatsWindow Window, string Problem)> _senseless = [];
    private int _nextSecond;
    private long _end;

    public WindowLedger(RunId run, IEnumerable<WorkerId> workers)
    {
        _run = run;
        foreach (var worker in workers)
        {
            Join(worker, 0);
        }
    }

    /// <summary>Everything in closed seconds.</summary>
    public StatsTotals Totals { get; } = new();

    /// <summary>All workers have drained and every one of their windows is in a closed second.</summary>
    public bool IsComplete => _accounts.Values.All(a => a.Last is { } last && _nextSecond > last);

    /// <summary>From now on the windows of this worker count. The same worker twice is one.</summary>
    /// <param name="first">The number with which its windows begin; a second that is closed already has none of it.</param>
    public void Join(WorkerId worker, int first)
    {
        _accounts.TryAdd(worker, new Account(Math.Max(first, _nextSecond)));
        _fanout.Workers = _accounts.Count;
    }

    /// <summary>It lies so far ahead that it is not kept: it has to be reported again.</summary>
    public bool IsTooFar(int number) => number >= (long)_nextSecond + MostAhead;

    /// <returns>False when the window was known already, lies too far ahead, or belongs to no worker of this run, or comes from one that was lost: nothing changed.</returns>
    public bool Add(StatsWindow window) =>
        window.Run == _run
        && _accounts.TryGetValue(window.Worker, out var account)
        && window.Number >= _nextSecond
        && !IsTooFar(window.Number)
        && account.Add(window);

    /// <summary>This worker has no window after that one.</summary>
    public void Drained(WorkerId worker, int lastWindow)
    {
        if (_accounts.TryGetValue(worker, out var account) && !account.IsGivenUp)
        {
            account.Last = lastWindow;
        }
    }

    /// <summary>No more windows of this worker will come or count.</summary>
    public void Lost(WorkerId worker)
    {
        if (_accounts.TryGetValue(worker, out var account))
        {
            account.GiveUp(_nextSecond - 1);
        }
    }

    /// <summary>The windows of this worker before that one are not waited for; those that are here count.</summary>
    public void Skip(WorkerId worker, int first)
    {
        if (_accounts.TryGetValue(worker, out var account))
        {
            account.Skip(first);
        }
    }

    /// <summary>
    /// Windows that are missing before others that are here, or before the one that their worker says is its last, are not waited for
    /// any more: those who had them have lost them.
    /// </summary>
    /// <returns>Of each worker whose windows are missing, the first one's number, that of the first one after the last, and how many.</returns>
    public IReadOnlyList<(WorkerId Worker, int First, int Next, int Count)> SkipMissing()
    {
        var skipped = new List<(WorkerId, int, int, int)>();
        foreach (var (worker, account) in _accounts)
        {
            if (account.Missing(_nextSecond) is { Count: > 0 } missing)
            {
                skipped.Add((worker, missing[0], missing[^1] + 1, missing.Count));
                account.Skip(missing[^1] + 1);
            }
        }

        return skipped;
    }

    /// <summary>The worker has drained, and all of its windows are here.</summary>
    public bool HasAll(WorkerId worker) => _accounts.TryGetValue(worker, out var account) && account.HasAll(_nextSecond);

    /// <summary>Goes into the second in which it was, or the next one that closes.</summary>
    public void Mark(RunMark mark) => _marks.Add(mark);

    /// <summary>No more windows will come: what is here makes up the rest of the run.</summary>
    public void GiveUp()
    {
        foreach (var account in _accounts.Values)
        {
            account.GiveUp(_nextSecond - 1);
        }
    }

    /// <summary>Windows that a closed second goes without, because they make no sense, with what is wrong with them. Each is told once.</summary>
    public IReadOnlyList<(StatsWindow Window, string Problem)> TakeSenseless()
    {
        var taken = _senseless.ToArray();
        _senseless.Clear();
        return taken;
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
            if (account.Take(_nextSecond) is { } window && IsSound(window))
            {
                second.Add(window);
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
            // Nobody has reported this one: all workers came later, or it was given up.
            (start, length) = (StartOfEmpty(), SecondMs);
        }

        _end = start + length;
        second.AddGauges(levels, highest);
        _fanout.Complete(second, _nextSecond, _accounts.Values.All(a => a.HasLast || a.Last <= _nextSecond));
        Totals.Add(second);
        return new RunSecond(
            _run, _nextSecond++, DateTimeOffset.FromUnixTimeMilliseconds(start), TimeSpan.FromMilliseconds(length), second)
        {
            Marks = TakeMarks(),
        };
    }

    // Only now, because what was decoded to find out is merged at once: decoding is most of the work.
    private bool IsSound(StatsWindow window)
    {
        if (WindowCheck.Problem(window) is not { } problem)
        {
            return true;
        }

        _senseless.Add((window, problem));
        return false;
    }

    private long StartOfEmpty()
    {
        var next = _accounts.Values.Select(a => a.Earliest).Where(w => w is not null && WindowCheck.Problem(w) is null).MinBy(w => w!.Number);
        return _end > 0 || next is null ? _end : next.StartUnixMs - ((next.Number - _nextSecond) * (long)SecondMs);
    }

    private RunMark[] TakeMarks()
    {
        var due = _marks.Where(m => m.At < TimeSpan.FromSeconds(_nextSecond)).OrderBy(m => m.At).ToArray();
        _marks.RemoveAll(due.Contains);
        return due;
    }

    private sealed class Account(int first)
    {
        private readonly Dictionary<int, StatsWindow> _open = [];
        private readonly int _first = first;
        private int _awaited = first;

        public int? Last { get; set; }

        /// <summary>The worker's last window is in a closed second.</summary>
        public bool HasLast { get; private set; }

        public bool IsGivenUp { get; private set; }

        /// <summary>Of the windows that are not in a closed second yet.</summary>
        public StatsWindow? Earliest => _open.Count == 0 ? null : _open.MinBy(w => w.Key).Value;

        public bool Covers(int number) =>
            IsGivenUp || number < _awaited || _open.ContainsKey(number) || (Last is { } last && number > last);

        public bool Add(StatsWindow window) => !IsGivenUp && window.Number >= _first && _open.TryAdd(window.Number, window);

        public void Skip(int to) => _awaited = Math.Max(_awaited, to);

        public StatsWindow? Take(int number)
        {
            _open.Remove(number, out var window);
            HasLast |= window is { IsLast: true };
            return window;
        }

        public List<int> Missing(int nextSecond)
        {
            var from = Math.Max(_awaited, nextSecond);
            var to = Math.Max(Last ?? -1, _open.Keys.DefaultIfEmpty(-1).Max());
            return IsGivenUp || to < from ? [] : [.. Enumerable.Range(from, to - from + 1).Where(n => !_open.ContainsKey(n))];
        }

        public bool HasAll(int nextSecond)
        {
            var from = Math.Max(_awaited, nextSecond);
            return Last is { } last && (last < from || Enumerable.Range(from, last - from + 1).All(_open.ContainsKey));
        }

        public void GiveUp(int closed)
        {
            if (!IsGivenUp)
            {
                IsGivenUp = true;
                Last = _open.Count == 0 ? closed : _open.Keys.Max();
            }
        }
    }
}
