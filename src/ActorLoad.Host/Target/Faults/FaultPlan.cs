using System.Runtime.CompilerServices;
using ActorLoad.Host.Target.Channels;

namespace ActorLoad.Host.Target.Faults;

/// <summary>
/// Decides event by event what one connection gets: nothing, the event, the event twice, the next event before it, or the event
/// after several others. The same seed and rates give the same decisions.
/// </summary>
internal sealed class FaultPlan(TargetFaults rates, ulong seed)
{
    private const int LeastLate = 2;
    private const int MostLate = 8;

    /// <summary>What it can do.</summary>
    public static readonly FaultKind[] Kinds = [FaultKind.Skip, FaultKind.Repeat, FaultKind.Swap, FaultKind.Late];

    private SplitMix _random = new(seed);
    private EventFrame? _swapped;
    private EventFrame? _late;
    private int _lateAfter;
    private bool _overtaken;

    /// <summary>What to write for one event of the channel, in this order; empty when it is skipped or held back.</summary>
    [InlineArray(4)]
    internal struct Output
    {
        private FaultyFrame _first;
    }

    /// <summary>
    /// Takes the next event of the channel. An event that ends the stream is never skipped or held, because nothing would come
    /// after it; what is held comes before it.
    /// </summary>
    /// <param name="skipped">Whether it is never written.</param>
    public Output Next(EventFrame frame, bool ends, out bool skipped)
    {
        var output = new Output();
        var count = 0;
        skipped = false;
        if (ends)
        {
            AddHeld(ref output, ref count);
            output[count] = new(frame, null);
            return output;
        }

        if (_swapped is { } held)
        {
            _swapped = null;
            (output[0], output[1]) = (new(frame, null), new(held, FaultKind.Swap));
            count = 2;
        }
        else
        {
            skipped = Draw(frame, ref output, ref count);
        }

        ReleaseLate(ref output, count);
        return output;
    }

    private bool Draw(EventFrame frame, ref Output output, ref int count)
    {
        var draw = _random.NextPercent();
        if ((draw -= rates.SkipPercent) < 0)
        {
            return true;
        }

        if ((draw -= rates.RepeatPercent) < 0)
        {
            (output[0], output[1]) = (new(frame, null), new(frame, FaultKind.Repeat));
            count = 2;
        }
        else if ((draw -= rates.SwapPercent) < 0)
        {
            _swapped = frame;
        }
        else if (draw - rates.LatePercent < 0 && _late is null)
        {
            _late = frame;
            _lateAfter = LeastLate + (int)(_random.Next() % (MostLate - LeastLate + 1));
            _overtaken = false;
        }
        else
        {
            output[0] = new(frame, null);
            count = 1;
        }

        return false;
    }

    private void ReleaseLate(ref Output output, int count)
    {
        if (_late is null || count == 0)
        {
            return;
        }

        _overtaken = true;
        _lateAfter -= count;
        if (_lateAfter <= 0)
        {
            output[count] = new(_late, FaultKind.Late);
            _late = null;
        }
    }

    private void AddHeld(ref Output output, ref int count)
    {
        if (_swapped is not null)
        {
            // Nothing of what was to change places with it has come before it.
            output[count++] = new(_swapped, null);
            _overtaken = true;
        }

        if (_late is not null)
        {
            output[count++] = new(_late, _overtaken ? FaultKind.Late : null);
        }

        _swapped = null;
        _late = null;
    }
}
