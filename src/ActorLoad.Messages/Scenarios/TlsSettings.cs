namespace ActorLoad.Messages.Scenarios;

/// <summary>TLS towards the target. Empty file names mean: the machine's own trust store, no client certificate.</summary>
public sealed record TlsSettings
{
    /// <summary>PEM file with the only certificate authorities to trust.</summary>
    public string CaFile { get; init; } = "";

    public string ClientCertFile { get; init; } = "";

    public string ClientKeyFile { get; init; } = "";

    /// <summary>Sent as SNI and demanded of the certificate instead of the URL's host; empty = the URL's host.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>Accepts any certificate. For test servers only.</summary>
    public bool Insecure { get; init; }
}
