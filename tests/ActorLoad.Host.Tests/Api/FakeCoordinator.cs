using System.Collections.Concurrent;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Wire;
using Akka.Actor;

namespace ActorLoad.Host.Tests.Api;

/// <summary>Answers what a test wants answered, and remembers what it heard.</summary>
internal sealed class FakeCoordinator
{
    private readonly ConcurrentQueue<IActorLoadMessage> _heard = [];
    private readonly IActorRef _actor;

    public FakeCoordinator(ActorSystem system) => _actor = system.ActorOf(Props.Create(() => new Shell(this)));

    public IActorRef Ref => _actor;

    /// <summary>What is said to a message; null = nothing. Large answers go in pieces.</summary>
    public Func<IActorLoadMessage, IActorLoadMessage?> Answer { get; set; } = _ => null;

    /// <summary>All messages, pieces put together.</summary>
    public IReadOnlyCollection<IActorLoadMessage> Heard => _heard;

    public int Pieces { get; private set; }

    /// <summary>Says something to whoever said something last.</summary>
    public void Say(IActorLoadMessage message) => _actor.Tell(new Saying(message));

    public async Task<T> HeardAsync<T>(int count = 1) where T : IActorLoadMessage
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(30);
        while (_heard.OfType<T>().Count() < count)
        {
            Assert.True(DateTime.UtcNow < deadline, $"{_heard.OfType<T>().Count()} of {count} {typeof(T).Name}");
            await Task.Delay(5);
        }

        return _heard.OfType<T>().ElementAt(count - 1);
    }

    private sealed record Saying(IActorLoadMessage Message);

    private sealed class Shell(FakeCoordinator fake) : UntypedActor
    {
        private readonly ParcelAssembler _assembler = new();
        private IActorRef _last = ActorRefs.Nobody;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Saying saying:
                    _last.Tell(saying.Message);
                    break;
                case Parcel parcel:
                    fake.Pieces++;
                    if (_assembler.Add(parcel) is { } whole)
                    {
                        OnReceive(whole);
                    }

                    break;
                case IActorLoadMessage one:
                    _last = Sender;
                    fake._heard.Enqueue(one);
                    if (fake.Answer(one) is { } answer)
                    {
                        foreach (var piece in Parcels.Split(answer))
                        {
                            Sender.Tell(piece);
                        }
                    }

                    break;
            }
        }
    }
}
