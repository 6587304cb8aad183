using System.Net.Http;

namespace ActorLoad.Actors.Transport.Seats;

/// <summary>One connection and who sits on it. Its numbers belong to <see cref="SharedConnections"/>, under its lock.</summary>
internal sealed class SharedConnection(Origin origin, HttpMessageInvoker invoker)
{
    private TaskCompletionSource? _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Origin Origin { get; } = origin;

    public HttpMessageInvoker Invoker { get; } = invoker;

    public int Taken { get; set; }

    /// <summary>Where it stands in the list of those with room.</summary>
    public int Place { get; set; }

    public Task Turn => Volatile.Read(ref _turn)?.Task ?? Task.CompletedTask;

    public void TurnHasCome() => Interlocked.Exchange(ref _turn, null)?.TrySetResult();
}
