using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ActorLoad.Host.Target.Login;

/// <summary>
/// Gives tokens to users and knows them again, without keeping any: a token is the user's name with a keyed hash of it. A
/// restart makes all of them worthless, as it should.
/// </summary>
internal sealed class LoginDesk
{
    /// <summary>The right password of a user is this and its name.</summary>
    public const string PasswordPrefix = "pw-";

    private const int MostUsers = 100_000;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, bool> _users = new(StringComparer.Ordinal);
    private long _granted;
    private long _refused;

    public long Granted => Volatile.Read(ref _granted);

    public long Refused => Volatile.Read(ref _refused);

    /// <summary>How many different users got a token; counts to 100,000.</summary>
    public int Users => _users.Count;

    /// <returns>A token, or null when the password is wrong.</returns>
    public string? TryGrant(string user, string password)
    {
        if (password != PasswordPrefix + user)
        {
            Interlocked.Increment(ref _refused);
            return null;
        }

        Interlocked.Increment(ref _granted);
        if (_users.Count < MostUsers)
        {
            _users.TryAdd(user, true);
        }

        var name = Encoding.UTF8.GetBytes(user);
        return $"{Convert.ToHexStringLower(name)}.{Convert.ToHexStringLower(HMACSHA256.HashData(_key, name))}";
    }

    public bool IsGranted(string token)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return false;
        }

        try
        {
            var (name, hash) = (Convert.FromHexString(token[..dot]), Convert.FromHexString(token[(dot + 1)..]));
            return CryptographicOperations.FixedTimeEquals(hash, HMACSHA256.HashData(_key, name));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    public void Reset()
    {
        Interlocked.Exchange(ref _granted, 0);
        Interlocked.Exchange(ref _refused, 0);
        _users.Clear();
    }
}
