using System.Net.Http;
using System.Net.Http.Headers;

namespace ActorLoad.Actors.Transport;

/// <summary>Sends one request and keeps its answer, without following redirects.</summary>
internal static class PlainFetch
{
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<FetchResult> RunAsync(
        HttpMessageInvoker client, StreamRequest request, bool http2, int mostBytes, CancellationToken cancellation)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        var status = 0;
        try
        {
            using var message = RequestFactory.Create(request, stream: false, http2);
            using var response = await client.SendAsync(message, cancellation).ConfigureAwait(false);
            var headersAt = TimeProvider.System.GetTimestamp();
            status = (int)response.StatusCode;
            return new FetchResult(null, "")
            {
                Status = status,
                Date = Header(response.Headers, "Date"),
                Server = Header(response.Headers, "Server"),
                Body = await ReadAsync(response, mostBytes, cancellation).ConfigureAwait(false),
                StartedAt = startedAt,
                HeadersAt = headersAt,
            };
        }
        catch (Exception e)
        {
            cancellation.ThrowIfCancellationRequested();
            var (reason, text) = status == 0 ? TransportErrors.WhileConnecting(e) : TransportErrors.WhileReading(e);
            return new FetchResult(reason, text) { Status = status, StartedAt = startedAt };
        }
    }

    private static string Header(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : "";

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, int mostBytes, CancellationToken cancellation)
    {
        using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var buffer = new byte[mostBytes];
        var length = await body.ReadAtLeastAsync(buffer, mostBytes, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return buffer[..length];
    }
}
