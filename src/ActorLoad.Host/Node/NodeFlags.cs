namespace ActorLoad.Host.Node;

/// <summary>What the command line, or one of the other two sources, says about a node; null = nothing.</summary>
internal sealed record NodeFlags
{
    public IReadOnlyList<string>? Roles { get; init; }

    public string? Hostname { get; init; }

    public string? PublicHostname { get; init; }

    public int? Port { get; init; }

    public IReadOnlyList<string>? Seeds { get; init; }

    /// <summary>host:port.</summary>
    public string? Http { get; init; }

    public string? Token { get; init; }

    public string? TlsCert { get; init; }

    public string? TlsKey { get; init; }

    public string? TlsCa { get; init; }

    public IReadOnlyList<string>? TlsThumbprints { get; init; }

    public bool? Insecure { get; init; }

    public int? Quorum { get; init; }

    public TimeSpan? JoinTimeout { get; init; }

    public string? Results { get; init; }

    public IReadOnlyList<string>? SourceAddresses { get; init; }

    /// <summary>This, and what the other says where this says nothing.</summary>
    public NodeFlags Over(NodeFlags other) => new()
    {
        Roles = Roles ?? other.Roles,
        Hostname = Hostname ?? other.Hostname,
        PublicHostname = PublicHostname ?? other.PublicHostname,
        Port = Port ?? other.Port,
        Seeds = Seeds ?? other.Seeds,
        Http = Http ?? other.Http,
        Token = Token ?? other.Token,
        TlsCert = TlsCert ?? other.TlsCert,
        TlsKey = TlsKey ?? other.TlsKey,
        TlsCa = TlsCa ?? other.TlsCa,
        TlsThumbprints = TlsThumbprints ?? other.TlsThumbprints,
        Insecure = Insecure ?? other.Insecure,
        Quorum = Quorum ?? other.Quorum,
        JoinTimeout = JoinTimeout ?? other.JoinTimeout,
        Results = Results ?? other.Results,
        SourceAddresses = SourceAddresses ?? other.SourceAddresses,
    };
}
