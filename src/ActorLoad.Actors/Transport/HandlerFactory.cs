using System.Net;
using System.Net.Http;
using System.Text;
using ActorLoad.Actors.Transport.Dialing;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Transport;

/// <summary>Configures the HTTP handlers of a connector.</summary>
/// <exception cref="InvalidDataException">The settings need something that this machine lacks: a TLS file, a source address.</exception>
internal sealed class HandlerFactory
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    private readonly HttpSettings _settings;
    private readonly int _maxHeaders;
    private readonly TlsOptions _tls;
    private readonly SocketDialer _dialer;
    private readonly IWebProxy? _proxy;

    public HandlerFactory(HttpSettings settings, int maxHeaderBytes)
    {
        _settings = settings;
        _maxHeaders = Math.Max(1, (maxHeaderBytes + 1023) / 1024);
        _tls = new TlsOptions(settings.Tls, settings.IsHttp2);
        _proxy = settings.Proxy is { } proxy ? ProxyOf(proxy) : null;
        var sources = SourceAddresses.Create(settings.SourceAddresses);
        sources?.Check();
        _dialer = new SocketDialer(settings.ConnectTimeout, _proxy is null ? _tls : null, new HostMap(settings.Resolve), sources);
    }

    /// <summary>A connection per request, closed after it.</summary>
    public HttpMessageInvoker CreateForOneUse() => Create(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Connections stay as long as they are used, and a little longer.</summary>
    public HttpMessageInvoker CreateForReuse() => Create(Timeout.InfiniteTimeSpan, IdleTime);

    /// <summary>
    /// For the streams that share an HTTP/2 connection. One alone never leaves a second connection idle, and needs no timer
    /// to look for it: with a handler per user that would be thousands of timers.
    /// </summary>
    public HttpMessageInvoker CreateForSharing() =>
        Create(Timeout.InfiniteTimeSpan, _settings.StreamsPerConnection == 1 ? Timeout.InfiniteTimeSpan : IdleTime);

    private static WebProxy ProxyOf(Uri url)
    {
        var proxy = new WebProxy(new UriBuilder(url) { UserName = "", Password = "" }.Uri);
        if (url.UserInfo.Length > 0)
        {
            var parts = url.UserInfo.Split(':', 2);
            proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));
        }

        return proxy;
    }

    private HttpMessageInvoker Create(TimeSpan lifetime, TimeSpan idle)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = _proxy is not null,
            Proxy = _proxy,
            AutomaticDecompression = _settings.Compression ? DecompressionMethods.All : DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = _dialer.DialAsync,
            SslOptions = _tls.Shared,
            MaxResponseHeadersLength = _maxHeaders,

            // One below "unlimited": at exactly that the pool manager makes a pool per request when nothing is kept.
            MaxConnectionsPerServer = int.MaxValue - 1,
            PooledConnectionLifetime = lifetime,
            PooledConnectionIdleTimeout = idle,

            // A server that takes fewer streams per connection than asked for gets more connections; the rest must not hang.
            EnableMultipleHttp2Connections = true,

            // Ending a stream closes its connection at once instead of reading what is left of it.
            MaxResponseDrainSize = lifetime == TimeSpan.Zero ? 0 : 64 * 1024,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }
}
