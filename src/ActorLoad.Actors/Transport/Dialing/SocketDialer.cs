using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorLoad.Messages.Failures;

namespace ActorLoad.Actors.Transport.Dialing;

/// <summary>Makes the TCP (and TLS) connections of a connector and stamps how long each took.</summary>
internal sealed class SocketDialer(TimeSpan timeout, TlsOptions? tls, HostMap hosts, SourceAddresses? sources)
{
    /// <summary>Finding out that an address has no free port costs the kernel a look at all of them.</summary>
    private const int MostSourcesTried = 32;

    /// <summary>The handler's connect callback. With <c>tls</c> null (behind a proxy) the handler itself does TLS.</summary>
    public async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        context.InitialRequestMessage.Options.TryGetValue(ConnectTrace.Key, out var trace);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(
            cancellation, trace?.Cancellation ?? CancellationToken.None);
        deadline.CancelAfter(timeout);
        Stream? stream = null;
        try
        {
            var start = TimeProvider.System.GetTimestamp();
            var target = hosts.EndPointOf(context.DnsEndPoint);
            var socket = sources is null
                ? await ConnectAsync(NewSocket(), target, trace, deadline.Token).ConfigureAwait(false)
                : await ConnectFromAsync(sources, target, trace, deadline.Token).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (tls is not null && context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps)
            {
                stream = await SecureAsync(tls, stream, context.DnsEndPoint.Host, deadline.Token).ConfigureAwait(false);
            }

            trace?.Timer?.OnConnected(TimeProvider.System.GetTimestamp() - start);
            return stream;
        }
        catch (Exception e)
        {
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            var givenUp = cancellation.IsCancellationRequested || trace is { Cancellation.IsCancellationRequested: true };
            if (e is OperationCanceledException && !givenUp)
            {
                throw new TransportException(FailureReason.Timeout, $"no connection within {timeout.TotalSeconds:0.###} s");
            }

            throw;
        }
        finally
        {
            trace?.LeaveGate();
        }
    }

    private static Socket NewSocket() => new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private static async Task<Socket> ConnectAsync(Socket socket, EndPoint target, ConnectTrace? trace, CancellationToken cancellation)
    {
        try
        {
            if (trace is { ReceiveBuffer: > 0 })
            {
                // Before the connect: the window's scale is agreed upon in the handshake.
                socket.ReceiveBufferSize = trace.ReceiveBuffer;
            }

            await socket.ConnectAsync(target, cancellation).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A socket that failed to connect is not used again, so each address of the target and each source gets a new one.
    private static async Task<Socket> ConnectFromAsync(
        SourceAddresses sources, EndPoint target, ConnectTrace? trace, CancellationToken cancellation)
    {
        Exception? failure = null;
        foreach (var address in await AddressesAsync(target, sources.Family, cancellation).ConfigureAwait(false))
        {
            var tries = Math.Min(sources.Count, MostSourcesTried);
            for (var i = 0; i < tries; i++)
            {
                try
                {
                    return await ConnectAsync(SourceAddresses.Bind(sources.Next()), address, trace, cancellation).ConfigureAwait(false);
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressAlreadyInUse)
                {
                    failure = new TransportException(
                        FailureReason.Connect, $"no free local port towards the target on {tries} of {sources.Count} source addresses", e);
                }
                catch (SocketException e)
                {
                    failure = e;
                    break;
                }
            }
        }

        throw failure ?? new TransportException(
            FailureReason.Connect, $"the target has no {(sources.Family == AddressFamily.InterNetwork ? "IPv4" : "IPv6")} address, which the source addresses ask for");
    }

    private static async Task<IPEndPoint[]> AddressesAsync(EndPoint target, AddressFamily family, CancellationToken cancellation)
    {
        if (target is IPEndPoint known)
        {
            return known.AddressFamily == family ? [known] : [];
        }

        var name = (DnsEndPoint)target;
        var addresses = await Dns.GetHostAddressesAsync(name.Host, cancellation).ConfigureAwait(false);
        return [.. addresses.Where(a => a.AddressFamily == family).Select(a => new IPEndPoint(a, name.Port))];
    }

    private static async Task<Stream> SecureAsync(TlsOptions tls, Stream plain, string host, CancellationToken cancellation)
    {
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(tls.ForHost(host), cancellation).ConfigureAwait(false);
            tls.CheckProtocol(secure.NegotiatedApplicationProtocol);
            return secure;
        }
        catch (Exception e)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            if (e is AuthenticationException or (IOException and not TransportException))
            {
                var (reason, message) = TlsErrors.Classify(e);
                throw new TransportException(reason, message, e);
            }

            throw;
        }
    }
}
