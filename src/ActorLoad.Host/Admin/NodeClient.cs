using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using ActorLoad.Host.Cli;
using ActorLoad.Host.Reports.Model;

namespace ActorLoad.Host.Admin;

/// <summary>Talks to a node's HTTP endpoint. Whatever goes wrong is one sentence that names the node.</summary>
internal sealed class NodeClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="token">Null or empty = none is sent.</param>
    public NodeClient(Uri node, string? token)
        : this(node, token, TimeSpan.FromSeconds(30))
    {
    }

    public NodeClient(Uri node, string? token, TimeSpan timeout)
    {
        Node = node;
        _http = new HttpClient { BaseAddress = node, Timeout = timeout };
        if (!string.IsNullOrEmpty(token))
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Uri Node { get; }

    /// <exception cref="NodeException">The node cannot be reached, refuses, or answers with something else.</exception>
    public Task<T> GetAsync<T>(string path, CancellationToken cancellation) =>
        SendAsync<T>(() => _http.GetAsync(path, cancellation), cancellation);

    /// <exception cref="NodeException">The node cannot be reached, refuses, or answers with something else.</exception>
    public Task<T> PostAsync<T>(string path, object body, CancellationToken cancellation) =>
        SendAsync<T>(() => _http.PostAsJsonAsync(path, body, cancellation), cancellation);

    /// <summary>Sends a request that is made anew for each node.</summary>
    /// <exception cref="NodeException">The node cannot be reached, refuses, or answers with something else.</exception>
    public Task<T> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellation) =>
        SendAsync<T>(() => _http.SendAsync(request, cancellation), cancellation);

    /// <exception cref="NodeException">The node cannot be reached, or refuses.</exception>
    public Task<string> GetTextAsync(string path, CancellationToken cancellation) => AnswerAsync(
        () => _http.GetAsync(path, cancellation), response => response.Content.ReadAsStringAsync(cancellation), cancellation);

    /// <summary>Reads an event stream until it ends or is cancelled.</summary>
    /// <exception cref="NodeException">The node cannot be reached, refuses, or the stream breaks.</exception>
    public async Task StreamAsync(string path, Action<string> onData, CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw await RefusalAsync(response, cancellation).ConfigureAwait(false);
            }

            var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellation).ConfigureAwait(false))
            {
                onData(item.Data);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable(e);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Silent();
        }
    }

    public void Dispose() => _http.Dispose();

    private Task<T> SendAsync<T>(Func<Task<HttpResponseMessage>> send, CancellationToken cancellation) => AnswerAsync(
        send,
        async response => await response.Content.ReadFromJsonAsync<T>(ReportJson.Line, cancellation).ConfigureAwait(false)
            ?? throw new NodeException($"{Node} gave an empty answer"),
        cancellation);

    private async Task<T> AnswerAsync<T>(
        Func<Task<HttpResponseMessage>> send, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            using var response = await send().ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw await RefusalAsync(response, cancellation).ConfigureAwait(false);
            }

            return await read(response).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw e is JsonException ? new NodeException($"{Node} is no ActorLoad node: its answer is no JSON that one would give") : Unreachable(e);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Silent();
        }
    }

    private async Task<NodeException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var uncertain = response.StatusCode >= HttpStatusCode.InternalServerError;
        try
        {
            if (await response.Content.ReadFromJsonAsync<ProblemAnswer>(ReportJson.Line, cancellation).ConfigureAwait(false) is { Problem: { } problem })
            {
                return new NodeException(problem, response.StatusCode) { IsUncertain = uncertain };
            }
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // Not one of our nodes, or something between: the status has to do.
        }

        return response.StatusCode == HttpStatusCode.Unauthorized
            ? new NodeException($"{Node} demands a token: --token, or {NodeCommand.TokenVariable}", response.StatusCode)
            : new NodeException($"{Node} answered {(int)response.StatusCode}", response.StatusCode) { IsUncertain = uncertain };
    }

    private NodeException Silent() => new($"{Node} did not answer within {_http.Timeout.TotalSeconds:0} s") { IsUncertain = true };

    private NodeException Unreachable(Exception e) => new($"{Node} cannot be reached: {(e.InnerException ?? e).Message}")
    {
        IsUncertain = e is not HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        },
    };
}
