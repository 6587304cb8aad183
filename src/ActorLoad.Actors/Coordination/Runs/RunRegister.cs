using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using Akka.Actor;

namespace ActorLoad.Actors.Coordination.Runs;

/// <summary>The runs that a coordinator knows: those that ended, the one in hand, those that wait. Plain logic, bounded memory.</summary>
/// <param name="coordinator">Its node.</param>
internal sealed class RunRegister(string coordinator)
{
    /// <summary>So many ended runs are kept with their summaries.</summary>
    public const int MostEnded = 20;

    /// <summary>So many may wait.</summary>
    public const int MostQueued = 100;

    // Of older runs nothing is kept but that they are over.
    private const int MostNames = 1000;

    private readonly List<(RunStatus Status, string? Summary)> _ended = [];
    private readonly Queue<RunId> _names = [];
    private readonly Dictionary<RunId, ReportScope> _over = [];
    private readonly List<RunId> _recoveries = [];
    private readonly List<(RunOrder Order, IActorRef Submitter)> _queue = [];
    private RunStatus? _inHand;

    /// <summary>Null = none.</summary>
    public RunId? InHand { get; private set; }

    /// <summary>Of the run in hand.</summary>
    public IActorRef Submitter { get; private set; } = ActorRefs.Nobody;

    public IReadOnlyList<RunId> Queued => [.. _queue.Select(q => q.Order.Run)];

    /// <summary>In the order in which they were begun or submitted.</summary>
    public RunStatus[] All =>
        [.. _ended.Select(e => e.Status), .. _inHand is { } on ? [on] : Array.Empty<RunStatus>(), .. _queue.Select(q => Waiting(q.Order))];

    public bool IsInHand(RunId run) => InHand == run;

    public bool HasEnded(RunId run) => _over.ContainsKey(run);

    /// <summary>Whether all that a worker measured in a run that is over is in its report.</summary>
    public bool IsReported(RunId run, WorkerId worker) => _over.GetValueOrDefault(run)?.Has(worker) ?? false;

    /// <returns>Why it is refused; null = it is known now, and once only.</returns>
    public string? Submit(RunOrder order, IActorRef submitter)
    {
        if (IsInHand(order.Run) || HasEnded(order.Run) || _recoveries.Contains(order.Run) || IndexOf(order.Run) >= 0)
        {
            return null;
        }

        if (_queue.Count >= MostQueued)
        {
            return $"{MostQueued} runs are waiting already";
        }

        _queue.Add((order, submitter));
        return null;
    }

    /// <summary>A worker has this run, which nobody here knows: it is next, and if it was submitted again it is the same.</summary>
    public void Recover(RunId run)
    {
        if (!_recoveries.Contains(run))
        {
            _recoveries.Add(run);
        }

        _queue.RemoveAll(q => q.Order.Run == run);
    }

    /// <returns>The run that begins now; null when none does. Without an order it is to be carried on.</returns>
    /// <param name="mayBegin">Whether a run may begin that is not on anywhere.</param>
    public (RunId Run, RunOrder? Order, IActorRef Submitter)? Next(bool mayBegin)
    {
        if (_recoveries.Count > 0)
        {
            (InHand, Submitter) = (_recoveries[0], ActorRefs.Nobody);
            _recoveries.RemoveAt(0);
            return (InHand.Value, null, Submitter);
        }

        if (!mayBegin || _queue.Count == 0)
        {
            return null;
        }

        var (order, submitter) = _queue[0];
        _queue.RemoveAt(0);
        (InHand, Submitter, _inHand) = (order.Run, submitter, new RunStatusBook(order, coordinator) { Phase = RunPhase.Gathering }.Now());
        return (order.Run, order, submitter);
    }

    /// <summary>How the run in hand stands.</summary>
    public void Update(RunStatus status)
    {
        if (IsInHand(status.Run))
        {
            _inHand = status;
        }
    }

    /// <returns>How the run in hand ended that cannot say so itself; null when it is not known.</returns>
    public RunStatus? Failed(string problem) => _inHand is null ? null : _inHand with { Phase = RunPhase.Ended, Note = problem, Status = "failed", ExitCode = 1 };

    /// <summary>The run in hand is over.</summary>
    public void End(RunStatus? status, string? summary, ReportScope report)
    {
        if (InHand is { } run)
        {
            Forget(run, status, summary, report);
            (InHand, _inHand, Submitter) = (null, null, ActorRefs.Nobody);
        }
    }

    /// <summary>Takes a run out of the queue.</summary>
    /// <returns>Who submitted it; null when it is not there.</returns>
    public IActorRef? Withdraw(RunId run)
    {
        if (IndexOf(run) is var at && at < 0)
        {
            return null;
        }

        var (order, submitter) = _queue[at];
        _queue.RemoveAt(at);
        Forget(run, Waiting(order) with { Phase = RunPhase.Ended, Position = 0, Status = "interrupted", ExitCode = 130, Note = "was taken out of the queue" }, null, ReportScope.None);
        return submitter;
    }

    /// <returns>Null when it is not known.</returns>
    public RunStatus? StatusOf(RunId run)
    {
        if (IsInHand(run))
        {
            return _inHand;
        }

        return IndexOf(run) is var at && at >= 0 ? Waiting(_queue[at].Order) : _ended.Find(e => e.Status.Run == run).Status;
    }

    /// <summary>How many runs stand before it.</summary>
    public int PositionOf(RunId run) => IndexOf(run) is var at && at >= 0 ? at + _recoveries.Count + (InHand is null ? 0 : 1) : 0;

    /// <returns>Why there is nothing to stop; null = it waits or is on.</returns>
    public string? Problem(RunId run) => IsInHand(run) || IndexOf(run) >= 0 ? null
        : HasEnded(run) ? $"run {run} has ended"
        : $"there is no run '{run}'";

    public RunProtocol.SummaryAnswer Summary(RunId run)
    {
        if (_ended.FindIndex(e => e.Status.Run == run) is var at && at >= 0)
        {
            return _ended[at].Summary is { } json
                ? new RunProtocol.SummaryAnswer(run, json, null)
                : new RunProtocol.SummaryAnswer(run, null, $"run {run} has no summary" + (_ended[at].Status.Note is { } note ? $": {note}" : ""));
        }

        return new RunProtocol.SummaryAnswer(run, null, Problem(run) switch
        {
            null => $"run {run} has not ended",
            _ when HasEnded(run) => $"the summary of run {run} is not kept any more",
            var problem => problem,
        });
    }

    private int IndexOf(RunId run) => _queue.FindIndex(q => q.Order.Run == run);

    private RunStatus Waiting(RunOrder order) =>
        new RunStatusBook(order, coordinator) { Phase = RunPhase.Queued, Position = PositionOf(order.Run) }.Now();

    private void Forget(RunId run, RunStatus? status, string? summary, ReportScope report)
    {
        if (_over.TryAdd(run, report))
        {
            _names.Enqueue(run);
        }

        if (_names.Count > MostNames)
        {
            _over.Remove(_names.Dequeue());
        }

        if (status is not null)
        {
            _ended.Add((status, summary));
        }

        if (_ended.Count > MostEnded)
        {
            _ended.RemoveAt(0);
        }
    }
}
