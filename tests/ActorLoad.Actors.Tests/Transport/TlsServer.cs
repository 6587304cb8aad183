using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ActorLoad.TestServer;

namespace ActorLoad.Actors.Tests.Transport;

/// <summary>A TLS server on loopback that answers every request with a short event stream.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly bool _wantsClient;
    private readonly Task _serving;

    public TlsServer(X509Certificate2 certificate, bool wantsClient = false)
    {
        _certificate = certificate;
        _wantsClient = wantsClient;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Subjects of the client certificates that were shown.</summary>
    public ConcurrentQueue<string> Clients { get; } = [];

    public Uri Url => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/events");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
        _certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = new SslStream(client.GetStream());
                await AnswerAsync(stream);
            }
            catch (Exception e) when (e is IOException or AuthenticationException)
            {
                // A client that does not like what it sees goes away.
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(SslStream stream)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ClientCertificateRequired = _wantsClient,
            RemoteCertificateValidationCallback = (_, shown, _, _) => !_wantsClient || shown is not null,
        };
        await stream.AuthenticateAsServerAsync(options, _stop.Token);
        if (stream.RemoteCertificate is { } shown)
        {
            Clients.Enqueue(shown.Subject);
        }

        var head = new byte[4096];
        _ = await stream.ReadAtLeastAsync(head, 1, cancellationToken: _stop.Token);
        await stream.WriteAsync(
            System.Text.Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: {HttpFraming.EventStream}\r\nContent-Length: 9\r\nConnection: close\r\n\r\ndata: 1\n\n"),
            _stop.Token);
        await stream.ShutdownAsync();

        // Closing before the client does could turn the end into a reset.
        while (await stream.ReadAsync(head, _stop.Token) > 0)
        {
        }
    }
}
