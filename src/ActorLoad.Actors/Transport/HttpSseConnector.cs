using System.Net.Http;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Transport;

/// <summary>The connector on SocketsHttpHandler; one per worker and run.</summary>
public sealed class HttpSseConnector : ISseConnector
{
    private const int MaxFetchedBody = 64 * 1024;

    private readonly HttpMessageInvoker _streams;
    private readonly HttpMessageInvoker _requests;
    private readonly ConnectGate _gate;
    private readonly TimeSpan _deadline;
    private readonly bool _compression;

    /// <exception cref="InvalidDataException">A TLS file cannot be used.</exception>
    public HttpSseConnector(HttpSettings settings, int maxHeaderBytes)
    {
        var tls = TlsOptions.Build(settings.Tls);
        _streams = HandlerFactory.Create(settings, maxHeaderBytes, tls, reuse: false);
        _requests = HandlerFactory.Create(settings, maxHeaderBytes, tls, reuse: true);
        _gate = new ConnectGate(settings.MaxConnecting);
        _deadline = settings.HeaderTimeout;
        _compression = settings.Compression;
    }

    public async Task<ConnectResult> ConnectAsync(StreamRequest request, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await _gate.EnterAsync(cancellation).ConfigureAwait(false);
            deadline.CancelAfter(_deadline);
            var trace = new ConnectTrace(_gate, request.Timer, cancellation);
            try
            {
                return await OpenAsync(request, trace, deadline.Token).ConfigureAwait(false);
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
                using var message = RequestFactory.Create(request, stream: false);
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
        PlainFetch.RunAsync(_requests, request, MaxFetchedBody, cancellation);

    public void Dispose()
    {
        _streams.Dispose();
        _requests.Dispose();
        _gate.Dispose();
    }

    private async Task<ConnectResult> OpenAsync(StreamRequest request, ConnectTrace trace, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var redirects = 0; ; redirects++)
        {
            var message = RequestFactory.Create(request, stream: true);
            message.Options.Set(ConnectTrace.Key, trace);
            var response = await _streams.SendAsync(message, cancellation).ConfigureAwait(false);
            var headersAt = TimeProvider.System.GetTimestamp();
            var taken = false;
            try
            {
                TakeCookies(request, response);
                var status = (int)response.StatusCode;
                if (NextHop(request, response, redirects, out var next) is { } refused)
                {
                    return ConnectResult.Failed(refused.Reason, status, refused.Message);
                }

                if (next is not null)
                {
                    request = next;
                    continue;
                }

                if (ConnectOutcome.Judge(status, ContentTypeOf(response)) is var (reason, text))
                {
                    return ConnectResult.Failed(reason, status, text);
                }

                var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
                taken = true;
                return ConnectResult.Accepted(
                    new StreamResponse(body, request.Url.AbsoluteUri, start, headersAt, waitsForData: !_compression), status);
            }
            finally
            {
                if (!taken)
                {
                    response.Dispose();
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
