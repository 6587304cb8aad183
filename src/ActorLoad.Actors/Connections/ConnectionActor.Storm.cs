using ActorLoad.Actors.Transport;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Connections;

/// <summary>Being cut by a storm, and being abandoned.</summary>
public sealed partial class ConnectionActor
{
    private ConnectionCommands.Cut? _storm;
    private LetGo? _letGo;

    /// <summary>A storm's cut is judged as any connection that broke; a drop step's is the user's own will.</summary>
    private FailureReason JudgedAs(FailureReason reason) => _storm is null ? reason : FailureReason.Reset;

    private void CutByStorm(ConnectionCommands.Cut cut)
    {
        _storm = cut;
        _stream.Observer.OnCut(cut.Storm);
        Cut(FailureReason.Dropped);
    }

    private void LetGoOfConnection()
    {
        _letGo = new LetGo(_services.Abandoned);
        Become(Abandoning);
        _graph!.Abort(_letGo);
    }

    private void Abandoning(object message)
    {
        switch (message)
        {
            case ConnectionHandler.GraphEnded ended when ended.Incarnation == _incarnation:
                OnLetGo(ended.Error);
                break;
            case IOfIncarnation or ConnectionHandler.GraphEnded:
            case ConnectionCommands.Cut or ConnectionCommands.Drop or ConnectionCommands.Reconnect or ConnectionCommands.Abandon:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnLetGo(Exception? error)
    {
        if (error is not (null or StreamBrokenException))
        {
            OnGraphEnded(error);
        }

        _graph = null;
        if (_letGo!.Done)
        {
            _stream.Observer.OnAbandoned();
        }
        else if (error is StreamBrokenException broken)
        {
            // The other side was quicker; the user has gone, so nothing comes back.
            _stream.Observer.OnLost(broken.Reason, broken.Message, _services.Time.GetTimestamp());
        }
        else
        {
            _stream.Observer.OnClosed();
        }

        Context.Stop(Self);
    }
}
