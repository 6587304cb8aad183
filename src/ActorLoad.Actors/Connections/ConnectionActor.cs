using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Transport.Pacing;
using ActorLoad.Messages.Failures;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;

namespace ActorLoad.Actors.Connections;

/// <summary>
/// One incarnation of a stream's connection: it waits out the reconnect delay, connects, runs the graph, and ends by
/// throwing a <see cref="ConnectionFailure"/>, which the user's supervision strategy answers with Restart or Stop.
/// <code>
/// state       Connect     ConnectDone ok  ConnectDone failed  GraphEnded     StallCheck           Drop               Reconnect
/// waiting     connecting* (stale)         (stale)             (stale)        (stale)              on hold, waiting   connecting
/// connecting  -           open            throw reason        -              -                    on hold, throw     -
/// open        -           -               -                   throw reason** silent: cutting      on hold, cutting   cutting
/// cutting     -           -               -                   throw the cut's -                   on hold            not on hold, and
///                                                             reason**                                               the cut is a drop
/// </code>
/// A storm's Cut cuts an open connection, which comes back by itself after the storm's hold and its reconnect delay; in every
/// other state it means nothing. Abandon lets go of an open connection (abandoning, then stopped) and stops it in every other.
/// * Not when a drop that arrived before has put it on hold. Reconnect takes the stream off hold in every state, and the user
/// is told so before anything else. A defect of ours that ends the graph is thrown as it is in every state.
/// ** Unless the done marker of a finite stream has come: then the stream is complete, the user is told, and the actor stops.
/// A stale message is one of an earlier incarnation (the mailbox outlives a restart); it is recognised by its number.
/// Nothing that can fail runs in the constructor or in PreStart.
/// </summary>
public sealed partial class ConnectionActor : UntypedActor, IWithTimers
{
    private static readonly object ConnectTimer = new();
    private static readonly object StallTimer = new();

    private readonly StreamContext _stream;
    private readonly ConnectionServices _services;
    private readonly int _incarnation;

    private CancellationTokenSource? _connecting;
    private Task<ConnectResult>? _pending;
    private ConnectionHandler? _handler;
    private IKillSwitch? _graph;
    private FailureReason _cutReason;
    private bool _comesBack;

    public ConnectionActor(StreamContext stream, ConnectionServices services)
    {
        _stream = stream;
        _services = services;
        _incarnation = ++stream.Cursor.Incarnation;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(StreamContext stream, ConnectionServices services) =>
        Akka.Actor.Props.Create(() => new ConnectionActor(stream, services));

    protected override void PreStart()
    {
        if (_stream.Cursor.OnHold)
        {
            return;
        }

        if (_stream.Cursor.Delay > TimeSpan.Zero)
        {
            Timers.StartSingleTimer(ConnectTimer, new Connect(_incarnation), _stream.Cursor.Delay);
        }
        else
        {
            Self.Tell(new Connect(_incarnation));
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Connect connect when connect.Incarnation == _incarnation:
                // A drop may have lain in the mailbox before this incarnation told itself to connect.
                if (!_stream.Cursor.OnHold)
                {
                    StartConnecting();
                }

                break;
            case ConnectionCommands.Reconnect:
                TakeUpReconnect();
                StartConnecting();
                break;
            case ConnectionCommands.Drop:
                _stream.Cursor.OnHold = true;
                Timers.Cancel(ConnectTimer);
                break;
            case ConnectionCommands.Abandon:
                Context.Stop(Self);
                break;
            case ConnectionCommands.Cut:
                break;
            case IOfIncarnation stale when stale.Incarnation != _incarnation:
            case ConnectionHandler.GraphEnded:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreRestart(Exception reason, object message)
    {
        _comesBack = true;
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _connecting?.Cancel();

        // A response that nobody took (the result still lies in the mailbox, or comes later) would keep its socket.
        _pending?.ContinueWith(
            static t =>
            {
                if (t.IsCompletedSuccessfully)
                {
                    t.Result.Response?.Dispose();
                }
            },
            TaskContinuationOptions.ExecuteSynchronously);
        _connecting?.Dispose();
        if (_graph is { } graph)
        {
            // The graph ends a moment later; what it still decodes until then is no longer measured.
            _handler!.Detach();
            graph.Shutdown();
            _stream.Observer.OnClosed();
        }

        if (!_comesBack)
        {
            _stream.Observer.OnRetired();
        }
    }

    private void TakeUpReconnect()
    {
        _stream.Cursor.OnHold = false;
        Context.Parent.Tell(new ConnectionEvents.Reconnecting(_stream));
    }

    private void StartConnecting()
    {
        var cursor = _stream.Cursor;
        cursor.Attempt++;
        cursor.AttemptsInRow++;
        if (!_stream.Resume)
        {
            cursor.SetLastEventId([]);
        }

        Timers.Cancel(ConnectTimer);
        Become(Connecting);
        _stream.Observer.OnAttempt();
        _connecting = new CancellationTokenSource();
        var request = _stream.Request;
        if (cursor.LastEventId.Length > 0)
        {
            request = request with { LastEventId = cursor.LastEventIdText };
        }

        _pending = _services.Connector.ConnectAsync(request, _connecting.Token);
        var incarnation = _incarnation;
        _pending.PipeTo(
            Self,
            success: result => new ConnectDone(incarnation, result, request.LastEventId),
            failure: error => new ConnectCrashed(incarnation, error));
    }

    private void Connecting(object message)
    {
        switch (message)
        {
            case ConnectDone done when done.Incarnation == _incarnation:
                OnConnectDone(done);
                break;
            case ConnectCrashed crashed when crashed.Incarnation == _incarnation:
                _pending = null;
                throw new InvalidOperationException("the connector failed in a way it must not", crashed.Error);
            case ConnectionCommands.Drop:
                // Called off by the user itself: neither opened nor failed.
                _stream.Cursor.OnHold = true;
                Fail(FailureReason.Dropped, 0, "dropped by a step");
                break;
            case ConnectionCommands.Reconnect:
                TakeUpReconnect();
                break;
            case ConnectionCommands.Abandon:
                Context.Stop(Self);
                break;
            case IOfIncarnation or ConnectionCommands.Cut:
            case ConnectionHandler.GraphEnded:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnConnectDone(ConnectDone done)
    {
        _pending = null;
        _connecting!.Dispose();
        _connecting = null;
        if (done.Result.Response is not { } response)
        {
            _stream.Observer.OnConnectFailed(done.Result.Reason, done.Result.Status, done.Result.Message);
            Fail(done.Result.Reason, done.Result.Status, done.Result.Message);
            return;
        }

        Become(Open);
        try
        {
            _stream.Observer.OnOpened(response, _stream.Cursor.Attempt, done.LastEventId);
            var pace = ReadPace.For(_stream.Settings, _services.Time, response.HeadersAt);
            _handler = new ConnectionHandler(_stream, Self, _incarnation, response.HeadersAt, pace);
            _graph = ConnectionGraph.Run(_stream, response, _handler, _services.Materializer);
        }
        catch
        {
            // No graph has it, so nobody else would close the socket and the books.
            response.Dispose();
            _stream.Observer.OnClosed();
            throw;
        }

        ArmStallCheck(_stream.Settings.StallAfter);
        Context.Parent.Tell(new ConnectionEvents.Opened(_stream));
    }

    private void Open(object message)
    {
        switch (message)
        {
            case ConnectionHandler.GraphEnded ended when ended.Incarnation == _incarnation:
                OnGraphEnded(ended.Error);
                break;
            case StallCheck check when check.Incarnation == _incarnation:
                OnStallCheck();
                break;
            case ConnectionCommands.Drop:
                _stream.Cursor.OnHold = true;
                Cut(FailureReason.Dropped);
                break;
            case ConnectionCommands.Reconnect:
                TakeUpReconnect();
                Cut(FailureReason.Dropped);
                break;
            case ConnectionCommands.Cut cut:
                CutByStorm(cut);
                break;
            case ConnectionCommands.Abandon:
                LetGoOfConnection();
                break;
            case IOfIncarnation:
            case ConnectionHandler.GraphEnded:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Cutting(object message)
    {
        switch (message)
        {
            case ConnectionHandler.GraphEnded ended when ended.Incarnation == _incarnation
                && (_handler!.IsDone || ended.Error is not (null or StreamBrokenException)):
                OnGraphEnded(ended.Error);
                break;
            case ConnectionHandler.GraphEnded ended when ended.Incarnation == _incarnation:
                Lose(_cutReason, _cutReason == FailureReason.Stalled
                    ? $"no byte for {_stream.Settings.StallAfter.TotalSeconds:0.###} s"
                    : _storm is null ? "dropped by a step" : "dropped by an event of the scenario");
                break;
            case ConnectionCommands.Drop:
                _stream.Cursor.OnHold = true;
                _storm = null;
                break;
            case ConnectionCommands.Abandon:
                Context.Stop(Self);
                break;
            case ConnectionCommands.Reconnect:
                // Whatever the cut was for, the user wants the next connection now.
                TakeUpReconnect();
                _cutReason = FailureReason.Dropped;
                _storm = null;
                break;
            case IOfIncarnation or ConnectionCommands.Cut:
            case ConnectionHandler.GraphEnded:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnGraphEnded(Exception? error)
    {
        var end = GraphEnd.Of(error, _stream.Until is not null, _handler!.IsDone);
        if (end is { Completed: false, Defect: null })
        {
            Lose(end.Reason, end.Message);
            return;
        }

        _graph = null;
        _stream.Observer.OnClosed();
        if (end.Defect is { } defect)
        {
            throw new InvalidOperationException("a connection's graph failed in a way nobody foresaw", defect);
        }

        Context.Parent.Tell(new ConnectionEvents.Completed(_stream));
        Context.Stop(Self);
    }

    private void OnStallCheck()
    {
        var limit = _stream.Settings.StallAfter;
        var since = _handler!.SilentSince;
        var silent = since == long.MaxValue ? TimeSpan.Zero : _services.Time.GetElapsedTime(since);
        if (silent >= limit)
        {
            Cut(FailureReason.Stalled);
        }
        else
        {
            ArmStallCheck(limit - silent);
        }
    }

    private void ArmStallCheck(TimeSpan after)
    {
        if (after > TimeSpan.Zero)
        {
            Timers.StartSingleTimer(StallTimer, new StallCheck(_incarnation), after);
        }
    }

    // The graph first ends, so that no event of this connection mixes with the next one's.
    private void Cut(FailureReason reason)
    {
        _cutReason = reason;
        Become(Cutting);
        _graph!.Shutdown();
    }

    private void Lose(FailureReason reason, string message)
    {
        _graph = null;
        _stream.Observer.OnLost(reason, message, _services.Time.GetTimestamp());
        Fail(reason, 0, message);
    }

    private void Fail(FailureReason reason, int status, string message)
    {
        var cursor = _stream.Cursor;
        var settings = _stream.Settings.Reconnect;
        if (JudgedAs(reason) == FailureReason.Dropped)
        {
            cursor.Delay = TimeSpan.Zero;
        }
        else
        {
            cursor.FailuresInRow++;
            cursor.Delay = ReconnectPolicy.Delay(cursor.FailuresInRow, cursor.Retry, settings, Random.Shared.NextDouble());
            cursor.Delay += _storm?.Hold ?? TimeSpan.Zero;
        }

        var disposition = ReconnectPolicy.Decide(JudgedAs(reason), status, cursor.AttemptsInRow, settings);
        var failure = new ConnectionFailure(reason, status, message, disposition);
        Context.Parent.Tell(new ConnectionEvents.Lost(_stream, failure));
        throw failure;
    }

    private interface IOfIncarnation : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        int Incarnation { get; }
    }

    private sealed record Connect(int Incarnation) : IOfIncarnation;

    private sealed record ConnectDone(int Incarnation, ConnectResult Result, string LastEventId) : IOfIncarnation;

    private sealed record ConnectCrashed(int Incarnation, Exception Error) : IOfIncarnation;

    private sealed record StallCheck(int Incarnation) : IOfIncarnation;
}
