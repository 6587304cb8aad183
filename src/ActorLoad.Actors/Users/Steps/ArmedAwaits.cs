using System.Text;
using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>The expectation chains of one running list of steps.</summary>
internal sealed class ArmedAwaits(IReadOnlyList<Step> steps, IUserActions user)
{
    private readonly AwaitLayout _layout = AwaitLayout.Of(steps);
    private List<Armed>? _armed;

    /// <summary>Arms what is awaited on streams that are open before the list starts.</summary>
    public void ArmAtStart()
    {
        foreach (var stream in _layout.StartStreams)
        {
            if (user.Find(stream) is { } slot && Create(AwaitLayout.Start, stream) is { } chain)
            {
                slot.Arm(chain);
                Track(stream, slot, chain, AwaitLayout.Start);
            }
        }
    }

    /// <returns>The chain to arm at this point, or null when nothing is awaited from there on.</returns>
    public ExpectationChain? Create(int point, string stream)
    {
        var group = _layout.Group(point, stream);
        return group.Count == 0
            ? null
            : user.CreateChain([.. group.Select(i => ToExpectation((AwaitStep)steps[i]))]);
    }

    /// <summary>Remembers a chain that was armed; the one before it on this stream is taken back.</summary>
    public void Track(string stream, StreamSlot slot, ExpectationChain chain, int point)
    {
        _armed ??= [];
        var previous = _armed.FindIndex(a => a.Stream == stream);
        if (previous >= 0)
        {
            _armed[previous].Slot.Disarm(_armed[previous].Chain);
            _armed.RemoveAt(previous);
        }

        _armed.Add(new Armed(stream, slot, chain, point));
    }

    /// <returns>The chain of the await at this index, armed now when its point was never reached on this stream, and its place in it.</returns>
    public (ExpectationChain Chain, int Position) ChainOf(int index, string stream, StreamSlot slot)
    {
        var (point, position) = _layout.PlaceOf(index);
        if (_armed?.Find(a => a.Stream == stream && a.Point == point && a.Slot == slot) is { } armed)
        {
            return (armed.Chain, position);
        }

        var chain = Create(point, stream)!;
        slot.Arm(chain);
        Track(stream, slot, chain, point);
        return (chain, position);
    }

    public void DisarmAll()
    {
        foreach (var armed in _armed ?? [])
        {
            armed.Slot.Disarm(armed.Chain);
        }

        _armed = null;
    }

    private Expectation ToExpectation(AwaitStep step) => new(
        step.Events,
        step.Event is null ? null : Encoding.UTF8.GetBytes(step.Event),
        step.DataContains is null ? null : Encoding.UTF8.GetBytes(user.Render(step.DataContains)));

    private sealed record Armed(string Stream, StreamSlot Slot, ExpectationChain Chain, int Point);
}
