using System.Net.Http;
using ActorLoad.Actors.Transport.Dialing;
using ActorLoad.Actors.Transport.Seats;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Transport;

/// <summary>The connector on SocketsHttpHandler; one per worker and run.</summary>
public sealed class HttpSseConnector : ISseConnector
{
    private const int MaxFetchedBody = 64 * 1024;

    private readonly ISeatSource _seats;
    private readonly HttpMessageInvoker _requests;
    private readonly ConnectGate _gate;
    private readonly TimeSpan _deadline;
    private readonly bool _compression;
    private readonly bool _http2;

    /// <exception cref="InvalidDataException">A TLS file cannot be used, or a source address is not one of this machine.</exception>
    public HttpSseConnector(HttpSettings settings, int maxHeaderBytes)
    {
        var handlers = new HandlerFactory(settings, maxHeaderBytes);
        _http2 = settings.IsHttp2;
        _seats = _http2
            ? new SharedConnections(settings.StreamsPerConnection, handlers.CreateForSharing)
            : new OwnConnections(handlers.CreateForOneUse());
        _requests = handlers.CreateForReuse();
        _gate = new ConnectGate(settings.MaxConnecting);
        _deadline = settings.HeaderTimeout;
        _compression = settings.Compression;
    }

    public async Task<ConnectResult> ConnectAsync(StreamRequest request, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var seat = _seats.Take(request.Url);
            var trace = await WaitForTurnAsync(seat, request, cancellation).ConfigureAwait(false);
            deadline.CancelAfter(_deadline);
            try
            {
                return await OpenAsync(request, seat, trace, deadline.Token).ConfigureAwait(false);
            }
            finally
            {
                trace.LeaveGate();
            }
        }
        catch (Exception e)
        {
            cancellation.ThrowIfCancellationRequested();
            var (reason, message) = e is OperationCanceledException
                ? (FailureReason.Timeout, $"no response headers within {_deadline.TotalSeconds:0.###} s")
                : TransportErrors.WhileConnecting(e);
            return ConnectResult.Failed(reason, 0, message);
        }
    }

    public async Task<RequestResult> SendAsync(StreamRequest request, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        var status = 0;
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                status = 0;
                using var message = RequestFactory.Create(request, stream: false, _http2);
                using var response = await _requests.SendAsync(message, cancellation).ConfigureAwait(false);
                TakeCookies(request, response);
                status = (int)response.StatusCode;
                if (NextHop(request, response, redirects, out var next) is { } refused)
                {
                    return new RequestResult(status, refused.Reason, refused.Message, TimeProvider.System.GetTimestamp() - start);
                }

                if (next is null)
                {
                    var kept = await KeptResponse.ReadAsync(response, request.Keep, cancellation).ConfigureAwait(false);
                    return new RequestResult(status, null, "", TimeProvider.System.GetTimestamp() - start) { Kept = kept };
                }

                request = next;
            }
        }
        catch (Exception e)
        {
            cancellation.ThrowIfCancellationRequested();
            var (reason, text) = status == 0 ? TransportErrors.WhileConnecting(e) : TransportErrors.WhileReading(e);
            return new RequestResult(status, reason, text, TimeProvider.System.GetTimestamp() - start);
        }
    }

    public Task<FetchResult> FetchAsync(StreamRequest request, CancellationToken cancellation) =>
        PlainFetch.RunAsync(_requests, request, _http2, MaxFetchedBody, cancellation);

    public void Dispose()
    {
        _seats.Dispose();
        _requests.Dispose();
        _gate.Dispose();
    }

    // Only who makes a connection takes part in the bounded handshakes; who joins it waits for that one's turn.
    private async Task<ConnectTrace> WaitForTurnAsync(ISeat seat, StreamRequest request, CancellationToken cancellation)
    {
        try
        {
            await (seat.Dials ? _gate.EnterAsync(cancellation) : seat.Turn.WaitAsync(cancellation)).ConfigureAwait(false);
        }
        catch
        {
            seat.Dispose();
            throw;
        }

        seat.TurnHasCome();

        // A buffer of a shared connection cannot be one stream's; there HTTP/2's own flow control holds the server back.
        return new ConnectTrace(seat.Dials ? _gate : null, request.Timer, _http2 ? 0 : request.ReceiveBuffer, cancellation);
    }

    /// <param name="seat">Goes with the response, or is left.</param>
    private async Task<ConnectResult> OpenAsync(StreamRequest request, ISeat seat, ConnectTrace trace, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var redirects = 0; ; redirects++)
        {
            HttpResponseMessage? response = null;
            var kept = false;
            try
            {
                var message = RequestFactory.Create(request, stream: true, _http2);
                message.Options.Set(ConnectTrace.Key, trace);
                response = await seat.Invoker.SendAsync(message, cancellation).ConfigureAwait(false);
                var headersAt = TimeProvider.System.GetTimestamp();
                TakeCookies(request, response);
                var status = (int)response.StatusCode;
                if (NextHop(request, response, redirects, out var next) is { } refused)
                {
                    return ConnectResult.Failed(refused.Reason, status, refused.Message);
                }

                if (next is not null)
                {
                    response.Dispose();
                    seat = _seats.Move(seat, request.Url, next.Url);
                    request = next;
                    kept = true;
                    continue;
                }

                if (ConnectOutcome.Judge(status, ContentTypeOf(response)) is var (reason, text))
                {
                    return ConnectResult.Failed(reason, status, text);
                }

                var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
                kept = true;
                return ConnectResult.Accepted(
                    new StreamResponse(body, request.Url.AbsoluteUri, start, headersAt, waitsForData: !_compression, seat), status);
            }
            finally
            {
                if (!kept)
                {
                    response?.Dispose();
                    seat.Dispose();
                }
            }
        }
    }

    /// <returns>A failure; or null, with <paramref name="next"/> set when the response is a redirect to follow.</returns>
    private static (FailureReason Reason, string Message)? NextHop(
        StreamRequest request, HttpResponseMessage response, int redirects, out StreamRequest? next)
    {
        next = null;
        var status = (int)response.StatusCode;
        if (!RedirectRule.IsRedirect(status) || request.FinalStatuses.Contains(status)
            || !response.Headers.NonValidated.TryGetValues("Location", out var location))
        {
            return null;
        }

        if (redirects == RedirectRule.MaxRedirects)
        {
            return (FailureReason.RedirectLoop, $"more than {RedirectRule.MaxRedirects} redirects");
        }

        next = RedirectRule.Next(request, status, location.ToString());
        return next is null ? (FailureReason.Status, $"the server answered {status} with a location that is no http URL") : null;
    }

    private static string? ContentTypeOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;

    private static void TakeCookies(StreamRequest request, HttpResponseMessage response)
    {
        if (request.Cookies is { } jar && response.Headers.NonValidated.TryGetValues("Set-Cookie", out var cookies))
        {
            foreach (var cookie in cookies)
            {
                try
                {
                    jar.SetCookies(request.Url, cookie);
                }
                catch (System.Net.CookieException)
                {
                    // A browser ignores a cookie that it cannot read; so do we.
                }
            }
        }
    }
}
