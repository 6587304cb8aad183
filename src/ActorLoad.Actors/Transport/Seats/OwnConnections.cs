using System.Net.Http;

namespace ActorLoad.Actors.Transport.Seats;

/// <summary>HTTP/1.1: each request makes a connection of its own, which ends with it. All go through one handler.</summary>
internal sealed class OwnConnections(HttpMessageInvoker invoker) : ISeatSource
{
    private readonly Seat _seat = new(invoker);

    public ISeat Take(Uri url) => _seat;

    public ISeat Move(ISeat seat, Uri from, Uri to) => seat;

    public void Dispose() => invoker.Dispose();

    private sealed class Seat(HttpMessageInvoker invoker) : ISeat
    {
        public HttpMessageInvoker Invoker { get; } = invoker;

        public bool Dials => true;

        public Task Turn => Task.CompletedTask;

        public void TurnHasCome()
        {
        }

        public void Dispose()
        {
        }
    }
}
