using System.Runtime.CompilerServices;
using ActorLoad.Host.Target.Channels;

namespace ActorLoad.Host.Target.Faults;

/// <summary>
/// Decides event by event what one connection gets: nothing, the event, the event twice, or the next event before it. The
/// same seed and rates give the same decisions.
/// </summary>
internal sealed class FaultPlan(TargetFaults rates, ulong seed)
{
    private SplitMix _random = new(seed);
    private EventFrame? _held;

    /// <summary>What to write for one event of the channel, in this order; empty when it is skipped or held back for a swap.</summary>
    [InlineArray(2)]
    internal struct Output
    {
        private EventFrame? _first;
    }

    /// <summary>
    /// Takes the next event of the channel. `kind` is the fault that these frames complete (a swap completes with its second
    /// event), or null. An event that ends the stream is never skipped or held, because nothing would come after it.
    /// </summary>
    public Output Next(EventFrame frame, out FaultKind? kind)
    {
        var output = new Output();
        kind = null;
        if (_held is { } held)
        {
            _held = null;
            kind = frame.Ends ? null : FaultKind.Swap;
            (output[0], output[1]) = frame.Ends ? (held, frame) : (frame, held);
            return output;
        }

        var draw = _random.NextPercent();
        if (frame.Ends || draw >= rates.SkipPercent + rates.RepeatPercent + rates.SwapPercent)
        {
            output[0] = frame;
        }
        else if (draw < rates.SkipPercent)
        {
            kind = FaultKind.Skip;
        }
        else if (draw < rates.SkipPercent + rates.RepeatPercent)
        {
            kind = FaultKind.Repeat;
            (output[0], output[1]) = (frame, frame);
        }
        else
        {
            _held = frame;
        }

        return output;
    }
}
