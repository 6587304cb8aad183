using System.Globalization;
using System.Net;

namespace ActorLoad.Host.Tests.Target;

/// <summary>A plain client of one stream, written apart from the code under test.</summary>
internal sealed class StreamClient : IDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 5000 }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));
    private readonly HttpResponseMessage _response;
    private StreamReader? _reader;

    private StreamClient(HttpResponseMessage response) => _response = response;

    public HttpStatusCode Status => _response.StatusCode;

    public HttpResponseMessage Response => _response;

    public static async Task<StreamClient> OpenAsync(Uri baseUrl, string path, long? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(baseUrl, path));
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return new StreamClient(await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token));
    }

    /// <summary>The next block of any kind; null at the end of the stream.</summary>
    public async Task<ReceivedEvent?> NextBlockAsync()
    {
        _reader ??= new StreamReader(await _response.Content.ReadAsStreamAsync(_limit.Token));
        var block = new ReceivedEvent(0, "", "", "", "");
        for (var line = await _reader.ReadLineAsync(_limit.Token); line is not null; line = await _reader.ReadLineAsync(_limit.Token))
        {
            if (line.Length == 0)
            {
                return block;
            }

            var value = line[(line.IndexOf(':') + 2)..];
            block = line[..line.IndexOf(':')] switch
            {
                "id" => block with { Id = long.Parse(value, CultureInfo.InvariantCulture) },
                "event" => block with { Type = value },
                "data" => block with { Data = value },
                "retry" => block with { Retry = value },
                "" => block with { Comment = value },
                var other => throw new FormatException($"unexpected field {other}"),
            };
        }

        return null;
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<ReceivedEvent?> NextAsync()
    {
        var block = await NextBlockAsync();
        while (block is { Type: "" })
        {
            block = await NextBlockAsync();
        }

        return block;
    }

    public async Task<List<ReceivedEvent>> TakeAsync(int count)
    {
        var events = new List<ReceivedEvent>();
        while (events.Count < count)
        {
            events.Add(await NextAsync() ?? throw new EndOfStreamException($"the stream ended after {events.Count} events"));
        }

        return events;
    }

    /// <summary>Events up to the end of the stream.</summary>
    public async Task<List<ReceivedEvent>> TakeAllAsync()
    {
        var events = new List<ReceivedEvent>();
        while (await NextAsync() is { } one)
        {
            events.Add(one);
        }

        return events;
    }

    public void Dispose()
    {
        _response.Dispose();
        _limit.Dispose();
    }
}
