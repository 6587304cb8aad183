using ActorLoad.Messages.Stats;

namespace ActorLoad.Actors.Measurement.Sequences;

/// <summary>
/// Makes samples of what one stream missed. An event that was only overtaken comes soon after, and a sample of it as missed
/// would mislead: so a number is first a suspect, one at a time, and told of when it has not come for a second or its
/// connection has ended.
/// </summary>
internal sealed class MissedSamples(StreamRecorder recorder, long user)
{
    private const long Nobody = -1;

    private static readonly long Patience = Microseconds.ToTicks(TimeSpan.FromSeconds(1));

    private long _number = Nobody;
    private int _key;
    private long _since;
    private DateTimeOffset _noticed;

    public void Suspect(long number, int key, long readAt, SequenceKeys? keys)
    {
        TellIfOld(readAt, keys);
        if (_number == Nobody && recorder.Worker.Samples.HasRoom(IntegrityKind.Missed))
        {
            (_number, _key, _since, _noticed) = (number, key, readAt, DateTimeOffset.UtcNow);
        }
    }

    /// <summary>It has come.</summary>
    public void Acquit(long number, int key)
    {
        if (number == _number && key == _key)
        {
            _number = Nobody;
        }
    }

    public void TellIfOld(long readAt, SequenceKeys? keys)
    {
        if (_number != Nobody && readAt - _since > Patience)
        {
            Tell(keys);
        }
    }

    public void Tell(SequenceKeys? keys)
    {
        if (_number != Nobody)
        {
            recorder.Worker.Samples.Add(IntegrityKind.Missed, recorder, user, keys?.TextOf(_key) ?? "", _number, _noticed);
            _number = Nobody;
        }
    }
}
