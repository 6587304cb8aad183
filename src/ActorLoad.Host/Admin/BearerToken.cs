using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Admin;

/// <summary>Compares what a request brings with the node's token, in a time that does not depend on where they differ.</summary>
internal sealed class BearerToken
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _hash;

    /// <param name="token">Null or empty = nothing is demanded.</param>
    public BearerToken(string? token) => _hash = string.IsNullOrEmpty(token) ? null : Hash(token);

    public bool Allows(HttpRequest request)
    {
        if (_hash is null)
        {
            return true;
        }

        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), _hash);
    }

    // Equal lengths whatever was sent: the comparison must not tell how long the token is.
    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
