using System.Text;
using ActorLoad.Actors.Measurement;
using ActorLoad.Actors.Measurement.Json;
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
            : user.CreateChain([.. group.Select(i => _layout.IsDeferred(i) ? null : TryExpect(i))]);
    }

    /// <summary>The step at this index has passed: what it extracted makes known what is awaited.</summary>
    public void OnPassed(int index)
    {
        foreach (var deferred in _layout.KnownAfter(index))
        {
            var (point, position) = _layout.PlaceOf(deferred);
            var stream = ((AwaitStep)steps[deferred]).Stream;
            if (_armed?.Find(a => a.Stream == stream && a.Point == point) is { } armed && TryExpect(deferred) is { } expectation)
            {
                armed.Chain.Set(position, expectation);
            }
        }
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
    /// <exception cref="UnsetVariableException">What is awaited is still not known.</exception>
    public (ExpectationChain Chain, int Position) ChainOf(int index, string stream, StreamSlot slot)
    {
        var (point, position) = _layout.PlaceOf(index);
        if (_armed?.Find(a => a.Stream == stream && a.Point == point && a.Slot == slot) is { } armed)
        {
            return (Known(armed.Chain, position, index), position);
        }

        var chain = Create(point, stream)!;
        slot.Arm(chain);
        Track(stream, slot, chain, point);
        return (Known(chain, position, index), position);
    }

    public void DisarmAll()
    {
        foreach (var armed in _armed ?? [])
        {
            armed.Slot.Disarm(armed.Chain);
        }

        _armed = null;
    }

    private ExpectationChain Known(ExpectationChain chain, int position, int index)
    {
        if (!chain.IsKnown(position))
        {
            chain.Set(position, Expect(index));
        }

        return chain;
    }

    // Not known yet is no mistake before the await is reached.
    private Expectation? TryExpect(int index)
    {
        try
        {
            return Expect(index);
        }
        catch (UnsetVariableException)
        {
            return null;
        }
    }

    private Expectation Expect(int index)
    {
        var step = (AwaitStep)steps[index];
        return new Expectation(
            step.Events,
            step.Event is null ? null : Encoding.UTF8.GetBytes(step.Event),
            step.DataContains is null ? null : Encoding.UTF8.GetBytes(user.Render(step.DataContains)),
            step.DataJson is { } json ? new JsonMatch(JsonPointer.Parse(json.Pointer), Encoding.UTF8.GetBytes(user.Render(json.EqualTo))) : null);
    }

    private sealed record Armed(string Stream, StreamSlot Slot, ExpectationChain Chain, int Point);
}
