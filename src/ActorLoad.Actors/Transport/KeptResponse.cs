using System.Buffers;
using System.Net.Http;

namespace ActorLoad.Actors.Transport;

/// <summary>What was kept of a plain response.</summary>
public sealed class KeptResponse(byte[] body, bool isWhole, IReadOnlyDictionary<string, string> headers)
{
    /// <summary>No more of a response than this is read, whoever asks. 1 MiB.</summary>
    public const int MaxBody = 1024 * 1024;

    private const int BufferSize = 16 * 1024;

    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>False when the body goes on beyond <see cref="MaxBody"/>.</summary>
    public bool IsWhole { get; } = isWhole;

    /// <summary>By the names that were asked for; those that the response has.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = headers;

    /// <summary>Reads the response to its end, or to the limit.</summary>
    /// <returns>Null when nothing is wanted of it.</returns>
    internal static async Task<KeptResponse?> ReadAsync(HttpResponseMessage response, ResponseKeep? keep, CancellationToken cancellation)
    {
        using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var kept = keep is { Body: true } ? new MemoryStream() : null;
        var whole = await CopyAsync(body, kept, cancellation).ConfigureAwait(false);
        return keep is null ? null : new KeptResponse(kept?.ToArray() ?? [], whole, HeadersOf(response, keep.Headers));
    }

    private static async Task<bool> CopyAsync(Stream body, MemoryStream? kept, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (var total = 0; total <= MaxBody;)
            {
                var read = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    return true;
                }

                total += read;
                kept?.Write(buffer, 0, read);
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response, IReadOnlyList<string> names)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            if (response.Headers.NonValidated.TryGetValues(name, out var values)
                || response.Content.Headers.NonValidated.TryGetValues(name, out values))
            {
                foreach (var value in values)
                {
                    found.TryAdd(name, value);
                }
            }
        }

        return found;
    }
}
