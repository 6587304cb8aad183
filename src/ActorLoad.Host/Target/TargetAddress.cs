using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorLoad.Host.Target;

/// <summary>One place where the target listens.</summary>
/// <param name="Scheme"><c>http</c> (HTTP/1.1), <c>https</c> (HTTP/2 and HTTP/1.1 by ALPN) or <c>h2c</c> (HTTP/2 without TLS, by prior knowledge).</param>
internal sealed record TargetAddress(string Scheme, IPEndPoint EndPoint)
{
    public const string Http2Clear = "h2c";

    public bool IsTls => Scheme == Uri.UriSchemeHttps;

    public HttpProtocols Protocols => Scheme switch
    {
        "https" => HttpProtocols.Http1AndHttp2,
        Http2Clear => HttpProtocols.Http2,
        _ => HttpProtocols.Http1,
    };
}
