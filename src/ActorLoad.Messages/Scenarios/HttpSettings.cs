namespace ActorLoad.Messages.Scenarios;

/// <summary>How the target is reached.</summary>
public sealed record HttpSettings
{
    /// <summary>"1.1", or "2": over TLS by ALPN, over plain text with prior knowledge (h2c).</summary>
    public string Version { get; init; } = "1.1";

    public bool IsHttp2 => Version == "2";

    /// <summary>How many streams share one HTTP/2 connection. <b>Default:</b> 1, as if each came from a machine of its own.</summary>
    public int StreamsPerConnection { get; init; } = 1;

    /// <summary>
    /// Local addresses to connect from, in turn: single ones, ranges (<c>127.0.1.1-127.0.1.9</c>) or CIDR blocks; none = the
    /// system's choice.
    /// </summary>
    public IReadOnlyList<string> SourceAddresses { get; init; } = [];

    /// <summary>Host names (with or without <c>:port</c>) and the addresses to use for them instead of asking the resolver.</summary>
    public IReadOnlyDictionary<string, string> Resolve { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>DNS, TCP and TLS together. <b>Default:</b> 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// From the request, its connecting included, to complete response headers, redirects included. Below the time that steps
    /// wait by default, so that a silent server is counted as what it is. <b>Default:</b> 20 s.
    /// </summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many TCP (and TLS) handshakes one worker has in flight at a time. <b>Default:</b> 256.</summary>
    public int MaxConnecting { get; init; } = 256;

    /// <summary>Offers gzip, deflate and br to the server and decodes what it sends. <b>Default:</b> off.</summary>
    public bool Compression { get; init; }

    /// <summary>A user keeps the cookies that the server sets. <b>Default:</b> off.</summary>
    public bool Cookies { get; init; }

    /// <summary>An http or socks5 proxy URL, with name and password if it wants them. <b>Default:</b> none, direct connections.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Sent with every request of every user.</summary>
    public IReadOnlyList<HeaderTemplate> Headers { get; init; } = [];

    public TlsSettings Tls { get; init; } = new();
}
