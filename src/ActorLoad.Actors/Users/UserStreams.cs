using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Users.Steps;
using Akka.Actor;

namespace ActorLoad.Actors.Users;

/// <summary>The streams of one user: which connection actor serves which, and what became of each. Used by its user actor only.</summary>
internal sealed class UserStreams(UserProfile profile, IActorContext context)
{
    private readonly Dictionary<string, StreamSlot> _slots = [];
    private HashSet<IActorRef>? _leaving;
    private HashSet<IActorRef>? _abandoning;
    private HashSet<string>? _ofTask;

    /// <summary>Some connection has yet to let go of its socket: until then the user must not stop.</summary>
    public bool AreAbandoning => _abandoning is { Count: > 0 };

    public StreamSlot? Find(string name) => _slots.GetValueOrDefault(name);

    /// <summary>From here on streams that are opened belong to the task.</summary>
    public void BeginTask()
    {
        _ofTask?.Clear();
        foreach (var slot in _slots.Values)
        {
            // What came during think time is nobody's: the task's first listen begins to count here.
            slot.Mark();
        }
    }

    public void Open(StreamSlot slot)
    {
        var name = slot.Stream.Name;
        if (_slots.Remove(name, out var previous))
        {
            Leave(previous);
        }

        _slots.Add(name, slot);
        (_ofTask ??= []).Add(name);
        TryStart(slot);
    }

    public void Close(StreamSlot slot)
    {
        if (_slots.Remove(slot.Stream.Name))
        {
            Leave(slot);
        }
    }

    public void CloseAll()
    {
        foreach (var slot in _slots.Values)
        {
            Leave(slot);
        }

        _slots.Clear();
    }

    public void Abandon(StreamSlot slot)
    {
        if (_slots.Remove(slot.Stream.Name))
        {
            LetGo(slot);
        }
    }

    public void AbandonAll()
    {
        foreach (var slot in _slots.Values)
        {
            LetGo(slot);
        }

        _slots.Clear();
    }

    /// <summary>Has those of the open streams cut that the storm takes.</summary>
    public void Storm(UserProtocol.Storm storm, long userId)
    {
        foreach (var slot in _slots.Values)
        {
            var name = slot.Stream.Name;
            if (slot.Connection is not { } connection
                || (storm.Drop.Stream is { } only && only != name)
                || StormDraw.CutAfter(storm.Drop, storm.Number, userId, name) is not { } after)
            {
                continue;
            }

            var cut = new ConnectionCommands.Cut(storm.Number, storm.Drop.Hold);
            if (after > TimeSpan.Zero)
            {
                context.System.Scheduler.ScheduleTellOnce(after, connection, cut, ActorRefs.NoSender);
            }
            else
            {
                connection.Tell(cut);
            }
        }
    }

    /// <summary>Closes what the current task has opened: a failed task leaves nothing behind.</summary>
    public void CloseTaskStreams()
    {
        foreach (var name in _ofTask ?? [])
        {
            if (_slots.Remove(name, out var slot))
            {
                Leave(slot);
            }
        }
    }

    /// <returns>A signal for the steps; null when the stream is no longer the user's.</returns>
    public UserSignal? OnOpened(ConnectionEvents.Opened opened)
    {
        if (SlotOf(opened.Stream) is not { } slot)
        {
            return null;
        }

        slot.IsOpen = true;
        return new UserSignal.Opened(slot);
    }

    /// <returns>A signal for the steps; null when the stream is no longer the user's.</returns>
    public UserSignal? OnReconnecting(ConnectionEvents.Reconnecting reconnecting) =>
        SlotOf(reconnecting.Stream) is { } slot ? new UserSignal.Reconnecting(slot) : null;

    /// <returns>A signal for the steps; null when the stream is no longer the user's.</returns>
    public UserSignal? OnLost(ConnectionEvents.Lost lost)
    {
        if (SlotOf(lost.Stream) is not { } slot)
        {
            return null;
        }

        slot.IsOpen = false;
        if (lost.Failure.Disposition == Disposition.Stop)
        {
            // Supervision stops the child; its name is free again when its termination has arrived.
            slot.Ended = lost.Failure;
            Await(slot);
        }

        return new UserSignal.Lost(slot, lost.Failure);
    }

    /// <returns>A signal for the steps; null when the stream is no longer the user's.</returns>
    public UserSignal? OnCompleted(ConnectionEvents.Completed completed)
    {
        if (SlotOf(completed.Stream) is not { } slot)
        {
            return null;
        }

        slot.IsOpen = false;
        slot.IsComplete = true;
        Await(slot);
        return new UserSignal.Completed(slot);
    }

    public void OnTerminated(IActorRef connection)
    {
        _leaving?.Remove(connection);
        _abandoning?.Remove(connection);
        foreach (var slot in _slots.Values)
        {
            if (slot.Connection is null && slot.Ended is null)
            {
                TryStart(slot);
            }
        }
    }

    private StreamSlot? SlotOf(StreamContext stream) =>
        _slots.TryGetValue(stream.Name, out var slot) && slot.Stream == stream ? slot : null;

    private void TryStart(StreamSlot slot)
    {
        var name = "stream-" + slot.Stream.Name;
        if (context.Child(name).IsNobody())
        {
            slot.Connection = context.ActorOf(ConnectionActor.Props(slot.Stream, profile.Services), name);
        }
    }

    private void Leave(StreamSlot slot)
    {
        if (slot.Connection is { } connection)
        {
            Await(slot);
            context.Stop(connection);
        }
    }

    private void LetGo(StreamSlot slot)
    {
        if (slot.Connection is not { } connection || slot.Ended is not null)
        {
            Leave(slot);
            return;
        }

        Await(slot);
        (_abandoning ??= []).Add(connection);
        connection.Tell(ConnectionCommands.Abandon.Instance);
    }

    private void Await(StreamSlot slot)
    {
        if (slot.Connection is { } connection && (_leaving ??= []).Add(connection))
        {
            context.Watch(connection);
        }
    }
}
