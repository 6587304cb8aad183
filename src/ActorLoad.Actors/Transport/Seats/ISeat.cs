using System.Net.Http;

namespace ActorLoad.Actors.Transport.Seats;

/// <summary>A stream's right to a connection. Disposed when the stream is over; more than once is fine.</summary>
internal interface ISeat : IDisposable
{
    HttpMessageInvoker Invoker { get; }

    /// <summary>Whether this stream's request has to make the connection, and so has to wait for its turn at the gate.</summary>
    bool Dials { get; }

    /// <summary>Ends when the request that makes the connection has its turn: for all others, their own turn has come as well.</summary>
    Task Turn { get; }

    /// <summary>Told by the one that dials.</summary>
    void TurnHasCome();
}
