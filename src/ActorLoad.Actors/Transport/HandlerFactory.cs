using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Text;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Transport;

/// <summary>Configures the HTTP handlers of a connector.</summary>
internal static class HandlerFactory
{
    /// <param name="reuse">
    /// Plain requests reuse connections. Streams never do: each virtual user stands for a machine of its own, and one must
    /// not profit from a connection that another has left behind.
    /// </param>
    public static HttpMessageInvoker Create(HttpSettings settings, int maxHeaderBytes, SslClientAuthenticationOptions tls, bool reuse)
    {
        var proxied = settings.Proxy is not null;
        var dialer = new SocketDialer(settings.ConnectTimeout, proxied ? null : tls);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = proxied,
            Proxy = proxied ? new WebProxy(settings.Proxy) : null,
            AutomaticDecompression = settings.Compression ? DecompressionMethods.All : DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = dialer.DialAsync,
            SslOptions = tls,
            MaxResponseHeadersLength = Math.Max(1, (maxHeaderBytes + 1023) / 1024),

            // One below "unlimited": at exactly that the pool manager makes a pool per request when nothing is kept.
            MaxConnectionsPerServer = int.MaxValue - 1,
            PooledConnectionLifetime = reuse ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,

            // Ending a stream closes its connection at once instead of reading what is left of it.
            MaxResponseDrainSize = reuse ? 64 * 1024 : 0,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }
}
