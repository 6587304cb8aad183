using System.Net.Http;

namespace ActorLoad.Actors.Transport.Seats;

/// <summary>One stream's seat on a shared connection.</summary>
internal sealed class SharedSeat(SharedConnections owner, SharedConnection connection, bool dials) : ISeat
{
    private int _left;

    public HttpMessageInvoker Invoker => connection.Invoker;

    public bool Dials { get; } = dials;

    public Task Turn => connection.Turn;

    public void TurnHasCome() => connection.TurnHasCome();

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            // Whoever waits for this one's turn must not wait for ever.
            if (Dials)
            {
                connection.TurnHasCome();
            }

            owner.Leave(connection);
        }
    }
}
