using System.Text;

namespace ActorLoad.Actors.Measurement.Sequences;

/// <summary>The sequences of one stream by what tells them apart. Bounded, because the target chooses the keys.</summary>
internal sealed class SequenceKeys
{
    public const int MaxKeys = 1000;

    /// <summary>In bytes.</summary>
    public const int MaxLength = 128;

    private readonly Dictionary<byte[], int> _indexes = new(ByteComparer.Instance);
    private byte[][] _keys = new byte[4][];

    /// <returns>0, 1, 2 … in the order in which the keys came; -1 when it is too long, or new and one too many.</returns>
    public int IndexOf(ReadOnlySpan<byte> key)
    {
        var lookup = _indexes.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(key, out var index))
        {
            return index;
        }

        if (key.Length > MaxLength || _indexes.Count == MaxKeys)
        {
            return -1;
        }

        index = _indexes.Count;
        if (index == _keys.Length)
        {
            Array.Resize(ref _keys, index * 2);
        }

        _keys[index] = key.ToArray();
        _indexes.Add(_keys[index], index);
        return index;
    }

    /// <param name="index">That <see cref="IndexOf"/> gave. Harmless on another thread while keys are added.</param>
    public string TextOf(int index) => Encoding.UTF8.GetString(_keys[index]);
}
