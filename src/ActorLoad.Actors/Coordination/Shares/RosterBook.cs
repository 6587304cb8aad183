using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Plan;

namespace ActorLoad.Actors.Coordination.Shares;

/// <summary>
/// Who has which shares of a run in hand, and how they move when workers come and go: <see cref="Next"/> makes the next roster
/// when there is something to tell, <see cref="Answered"/> takes the workers' word that they follow it. In the closed model a
/// share that moves in good order is nobody's for one roster, until its users are gone; in the open model a moment is set from
/// which on its arrivals are the new worker's. Plain logic.
/// </summary>
internal sealed class RosterBook
{
    private readonly LoadModel _model;
    private readonly TimeSpan _moveDelay;
    private readonly List<RosterSeat> _seats;
    private readonly List<(int Share, TimeSpan From)> _free = [];
    private readonly List<ShareMove> _taken = [];
    private readonly HashSet<WorkerId> _receiving = [];
    private readonly List<string> _causes = [];

    private TimeSpan _effective;
    private bool _changed;
    private bool _unequal;

    private RosterBook(int of, int epoch, LoadModel model, TimeSpan moveDelay, List<RosterSeat> seats)
    {
        (Of, Epoch, _model, _moveDelay, _seats) = (of, epoch, model, moveDelay, seats);
        Current = Snapshot();
    }

    public int Of { get; }

    public int Epoch { get; private set; }

    /// <summary>What all workers are to follow.</summary>
    public Roster Current { get; private set; }

    public IReadOnlyList<RosterSeat> Seats => _seats;

    /// <summary>In the open model: no roster is made before this offset of the run, because the last one holds from then on.</summary>
    public TimeSpan? NotBefore => _model == LoadModel.Open && IsMoving ? _effective : null;

    private bool IsMoving => _changed || _unequal || _free.Count > 0 || _taken.Count > 0 || _seats.Any(IsHandingOver);

    /// <summary>The first roster of a run, with all of its shares dealt.</summary>
    /// <param name="epoch">1, or more than any that a worker knows.</param>
    /// <param name="moveDelay">In the open model: how long before it holds a roster is told.</param>
    public static RosterBook Deal(
        int of, int epoch, LoadModel model, TimeSpan moveDelay, IReadOnlyList<(WorkerId Worker, string Node, int Limit)> workers)
    {
        var dealt = ShareDeal.Deal(of, [.. workers.Select(w => w.Limit)]);
        var seats = workers.Select((w, i) =>
        {
            var seat = new RosterSeat(w.Worker, w.Node, 0, w.Limit) { IsReady = true };
            if (dealt[i].Length > 0)
            {
                seat.Grants.Add(new ShareGrant(epoch, TimeSpan.Zero, dealt[i]));
            }

            return seat;
        });
        return new RosterBook(of, epoch, model, moveDelay, [.. seats]);
    }

    /// <summary>
    /// The roster of a run that another coordinator began. Shares that nobody has were on their way: they are dealt when all
    /// workers have answered the next roster, because one of them may still have users of them. Whether the parts are equal is
    /// looked at again: a worker may have joined without having got its part.
    /// </summary>
    /// <param name="epoch">The highest that any worker knows.</param>
    public static RosterBook Resume(Roster roster, int epoch, LoadModel model, TimeSpan moveDelay, Func<WorkerId, int> limitOf)
    {
        var seats = roster.Workers.Select(e =>
        {
            var seat = new RosterSeat(e.Worker, e.Node, e.FirstWindow, limitOf(e.Worker)) { State = e.State, IsReady = e.State is RosterState.Active or RosterState.Leaving };
            seat.Grants.AddRange(e.Grants);
            return seat;
        });
        var book = new RosterBook(roster.Of, epoch, model, moveDelay, [.. seats]) { _changed = true, _unequal = true, _effective = roster.Effective };
        int[] lost = [.. Enumerable.Range(0, roster.Of).Except(roster.Workers.SelectMany(e => e.Shares))];
        if (lost.Length > 0)
        {
            book._taken.Add(new ShareMove(epoch + 1, [.. book._seats.Where(s => s.TakesPart).Select(s => s.Worker)], lost));
        }

        return book;
    }

    public RosterSeat? Seat(WorkerId worker) => _seats.Find(s => s.Worker == worker);

    /// <summary>What a worker is told that gets ready to join; the others need not know of it yet. Each time another epoch.</summary>
    public Roster Announce(WorkerId worker, string node, int firstWindow)
    {
        Epoch++;
        return Current with { Epoch = Epoch, Workers = [.. Current.Workers, new RosterEntry(worker, node, firstWindow, RosterState.Active, [])] };
    }

    /// <summary>A worker that was announced takes part from now on, without shares as yet.</summary>
    public void Add(WorkerId worker, string node, int firstWindow, int limit)
    {
        _seats.Add(new RosterSeat(worker, node, firstWindow, limit));
        _changed = true;
    }

    /// <summary>It runs: shares can be given to it.</summary>
    /// <returns>False when that was known, or it takes no part.</returns>
    public bool Ready(WorkerId worker)
    {
        if (Seat(worker) is not { IsReady: false, TakesPart: true } seat)
        {
            return false;
        }

        seat.IsReady = true;
        _unequal |= seat.State == RosterState.Active;
        return true;
    }

    public void Leaving(WorkerId worker)
    {
        if (Seat(worker) is { State: RosterState.Active } seat)
        {
            seat.State = RosterState.Leaving;
            _changed = true;
        }
    }

    /// <summary>It leaves without having been asked to: its users are gone, and it follows every roster.</summary>
    /// <param name="from">Offset of the run up to which its arrivals are accounted for.</param>
    public void Drained(WorkerId worker, TimeSpan from)
    {
        if (Seat(worker) is { TakesPart: true } seat)
        {
            Leaving(worker);
            if (seat.Grants.Count > 0)
            {
                Release(seat, from);
            }

            Answered(worker, Epoch);
        }
    }

    /// <summary>It has drained; its windows are complete.</summary>
    /// <param name="from">Offset of the run up to which its arrivals are accounted for, if it has still some.</param>
    public void Left(WorkerId worker, TimeSpan from)
    {
        if (Seat(worker) is { TakesPart: true } seat)
        {
            Release(seat, from);
            seat.State = RosterState.Left;
        }
    }

    /// <param name="from">Offset of the run up to which its arrivals are accounted for; null = its shares stay with nobody.</param>
    public void Lost(WorkerId worker, TimeSpan? from)
    {
        if (Seat(worker) is { TakesPart: true } seat)
        {
            if (from is { } offset)
            {
                Release(seat, offset);
            }

            Forget(seat);
            seat.State = RosterState.Lost;
        }
    }

    /// <summary>The worker follows the roster of this epoch, and with it those before.</summary>
    public void Answered(WorkerId worker, int epoch)
    {
        if (Seat(worker) is not { } seat || epoch <= seat.Answered)
        {
            return;
        }

        seat.Answered = epoch;
        _taken.Where(m => m.Epoch <= epoch).ToList().ForEach(m => m.Waiting.Remove(worker));
        if (epoch >= Current.Epoch)
        {
            _receiving.Remove(worker);
        }
    }

    /// <summary>The nodes whose coming or going has been dealt with since the last call: all moved shares are with their new workers.</summary>
    public IReadOnlyList<string> Settled()
    {
        if (_causes.Count == 0 || _receiving.Count > 0 || IsMoving)
        {
            return [];
        }

        string[] settled = [.. _causes];
        _causes.Clear();
        return settled;
    }

    /// <summary>Makes the next roster.</summary>
    /// <param name="elapsed">Of the run.</param>
    /// <returns>Null when nothing changes, or not yet.</returns>
    public Roster? Next(TimeSpan elapsed)
    {
        if (elapsed < NotBefore)
        {
            return null;
        }

        foreach (var move in _taken.Where(m => m.Waiting.Count == 0).ToList())
        {
            _taken.Remove(move);
            _free.AddRange(move.Shares.Select(s => (s, elapsed)));
        }

        var effective = elapsed;
        if (_free.Count > 0 && _seats.Any(s => s is { IsReady: true, State: RosterState.Active }))
        {
            Give();
            _changed = true;
        }
        else if (_taken.Count == 0 && (_unequal || _seats.Any(IsHandingOver)) && Take() is { Length: > 0 } taken)
        {
            _changed = true;
            if (_model == LoadModel.Open)
            {
                effective += _moveDelay;
                _free.AddRange(taken.Select(s => (s, effective)));
                Give();
            }
        }

        if (!_changed)
        {
            return null;
        }

        _changed = false;
        Epoch++;
        _effective = effective;
        return Current = Snapshot();
    }

    private static bool IsHandingOver(RosterSeat seat) => seat is { State: RosterState.Leaving, Grants.Count: > 0 };

    private void Give()
    {
        var to = _seats.Where(s => s is { IsReady: true, State: RosterState.Active }).ToList();
        _free.Sort();
        var from = _free.ToDictionary(f => f.Share, f => f.From);
        var given = ShareDeal.Give([.. _free.Select(f => f.Share)], [.. to.Select(s => s.Shares.Length)], [.. to.Select(s => s.Limit)]);
        for (var i = 0; i < to.Count; i++)
        {
            to[i].Grants.AddRange(given[i].GroupBy(s => from[s]).Select(g => new ShareGrant(Epoch + 1, g.Key, [.. g])));
            if (given[i].Length > 0)
            {
                _receiving.Add(to[i].Worker);
            }
        }

        _free.Clear();
    }

    // Who leaves gives up everything, who has more than its part the rest of it.
    private int[] Take()
    {
        var leaving = _seats.Where(IsHandingOver).ToList();
        var active = _seats.Where(s => s is { IsReady: true, State: RosterState.Active }).ToList();
        var newcomers = active.Where(s => s.Grants.Count == 0).Select(s => s.Node).ToList();
        var excess = _unequal
            ? ShareDeal.Take([.. active.Select(s => s.Shares)], leaving.Sum(s => s.Shares.Length), [.. active.Select(s => s.Limit)])
            : [.. active.Select(_ => Array.Empty<int>())];
        _unequal = false;
        if (active.Count == 0)
        {
            return [];
        }

        var taken = leaving.Select(s => (Seat: s, s.Shares)).Concat(active.Select((s, i) => (Seat: s, Shares: excess[i]))).Where(t => t.Shares.Length > 0).ToList();
        taken.ForEach(t => t.Seat.Remove(t.Shares));
        int[] shares = [.. taken.SelectMany(t => t.Shares)];
        if (shares.Length > 0)
        {
            _causes.AddRange(leaving.Select(s => s.Node).Concat(newcomers));
            if (_model == LoadModel.Closed)
            {
                _taken.Add(new ShareMove(Epoch + 1, [.. taken.Select(t => t.Seat.Worker)], shares));
            }
        }

        return shares;
    }

    private void Release(RosterSeat seat, TimeSpan from)
    {
        if (seat.Shares is { Length: > 0 } shares)
        {
            _free.AddRange(shares.Select(s => (s, from)));
            _causes.Add(seat.Node);
            seat.Grants.Clear();
        }

        Forget(seat);
    }

    // Nobody waits for an answer of one that is gone.
    private void Forget(RosterSeat seat)
    {
        _receiving.Remove(seat.Worker);
        _taken.ForEach(m => m.Waiting.Remove(seat.Worker));
        _changed = true;
    }

    private Roster Snapshot() => new(Epoch, Of, _effective, [.. _seats.Select(s => s.Entry)]);
}
