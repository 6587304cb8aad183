using System.Net;

namespace ActorLoad.Actors.Transport;

/// <summary>One HTTP request, rendered and ready to send: the opening of a stream, or a plain request step.</summary>
public sealed record StreamRequest
{
    public required Uri Url { get; init; }

    public string Method { get; init; } = "GET";

    /// <summary>Name and value; they replace what the transport would send by itself (Accept, say).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string? Body { get; init; }

    /// <summary>Sent as Last-Event-ID; empty is not sent.</summary>
    public string LastEventId { get; init; } = "";

    /// <summary>The user's cookie jar; null when cookies are off.</summary>
    public CookieContainer? Cookies { get; init; }

    /// <summary>Bytes for the receive buffer of the stream's own socket, small for slow readers; 0 = the system's choice.</summary>
    public int ReceiveBuffer { get; init; }

    /// <summary>Is told when a TCP (and TLS) connection was established for this request.</summary>
    public IConnectTimer? Timer { get; init; }

    /// <summary>What of a plain response is handed back; null = nothing but its status.</summary>
    public ResponseKeep? Keep { get; init; }

    /// <summary>Statuses of redirects that are not followed, because the response itself is what is asked for.</summary>
    public IReadOnlyList<int> FinalStatuses { get; init; } = [];
}
