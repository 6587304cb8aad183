using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Stats;

/// <summary>
/// The windows of a run on their way to the coordinator. At most <see cref="MostInFlight"/> are unacknowledged at a time, further
/// ones wait. With a spool all of them can be reported again until the run is over, and memory holds only what is unacknowledged;
/// without one, what is acknowledged is gone. A window that the spool does not take stays in memory. Plain logic.
/// </summary>
public sealed class WindowOutbox
{
    public const int MostInFlight = 50;

    /// <summary>So many acknowledged windows stay in memory when the spool does not take them; of more the oldest are given up.</summary>
    public const int MostKept = 1000;

    private static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(2);
    private const int ResendAtOnce = 10;

    private readonly int _first;
    private readonly WindowSpool? _spool;
    private readonly TimeProvider _time;
    private readonly Action<string> _problem;
    private readonly SortedDictionary<int, (StatsWindow Window, long SentAt)> _inFlight = [];
    private readonly SortedDictionary<int, StatsWindow> _inMemory = [];
    private int _next;
    private int _end;
    private StatsWindow? _newest;
    private bool _complained;

    /// <param name="first">Number of the first window.</param>
    /// <param name="problem">Told once, when the spool does not take a window.</param>
    public WindowOutbox(int first, WindowSpool? spool, TimeProvider time, Action<string> problem)
    {
        (_first, _spool, _time, _problem) = (first, spool, time, problem);
        (_next, _end) = (first, first);
    }

    /// <summary>Every window that was added is acknowledged.</summary>
    public bool IsEmpty => _inFlight.Count == 0 && _next >= _end;

    /// <param name="window">The one after the last.</param>
    public void Add(StatsWindow window)
    {
        _newest = window;
        _end = window.Number + 1;
        if (!IsSpooled(window))
        {
            _inMemory[window.Number] = window;
        }
    }

    public void Acknowledge(int number)
    {
        _inFlight.Remove(number);
        if (_spool is null)
        {
            _inMemory.Remove(number);
        }
        else if (_inMemory.Count > MostKept)
        {
            _inMemory.Remove(_inMemory.Keys.First(n => !_inFlight.ContainsKey(n)));
        }
    }

    /// <summary>All windows from this one on are to be reported again, as far as they are still there.</summary>
    public void ResendFrom(int number)
    {
        _next = Math.Min(_next, Math.Max(number, _first));
        foreach (var again in _inFlight.Keys.Where(n => n >= _next).ToList())
        {
            _inFlight.Remove(again);
        }
    }

    /// <summary>The windows to report now: those that were not yet, as many as may be on their way.</summary>
    public IReadOnlyList<StatsWindow> TakeNext()
    {
        var windows = new List<StatsWindow>();
        for (; _inFlight.Count < MostInFlight && _next < _end; _next++)
        {
            if (Find(_next) is { } window)
            {
                _inFlight[window.Number] = (window, _time.GetTimestamp());
                windows.Add(window);
            }
        }

        return windows;
    }

    /// <summary>The windows to report again: those that have had no answer for two seconds, a few at once, the oldest first.</summary>
    public IReadOnlyList<StatsWindow> TakeOverdue()
    {
        var now = _time.GetTimestamp();
        var overdue = _inFlight.Take(ResendAtOnce).Where(w => _time.GetElapsedTime(w.Value.SentAt, now) >= ResendAfter).Select(w => w.Value.Window).ToList();
        foreach (var window in overdue)
        {
            _inFlight[window.Number] = (window, now);
        }

        return overdue;
    }

    private StatsWindow? Find(int number) =>
        _newest?.Number == number ? _newest
        : _inMemory.TryGetValue(number, out var window) ? window
        : _spool?.Read(number);

    private bool IsSpooled(StatsWindow window)
    {
        if (_spool is null)
        {
            return false;
        }

        try
        {
            // What the disk had no room for goes there when it has.
            foreach (var (number, earlier) in _inMemory.ToList())
            {
                _spool.Append(earlier);
                _inMemory.Remove(number);
            }

            _spool.Append(window);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_complained)
            {
                _complained = true;
                _problem($"{_spool.Path}: {e.Message}");
            }

            return false;
        }
    }
}
