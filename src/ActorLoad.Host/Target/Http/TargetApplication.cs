using System.Security.Cryptography;
using System.Text;
using ActorLoad.Host.Target.Stats;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ActorLoad.Host.Target.Http;

/// <summary>
/// All requests, straight from the server: no host, no routing middleware and no HttpContext kept while a stream is open,
/// which is most of what a stream would otherwise cost.
/// </summary>
internal sealed class TargetApplication : IHttpApplication<IFeatureCollection>
{
    private const string Events = "/api/events/";
    private const string Chat = "/api/chat/";
    private const string Jobs = "/api/jobs/";
    private const string Private = "/api/private/";

    private readonly TargetState _state;
    private readonly Answers _answers;
    private readonly EventEndpoints _events;
    private readonly ChatEndpoints _chat;
    private readonly JobEndpoints _jobs;
    private readonly LoginEndpoints _logins;
    private readonly CompletionEndpoints _completions;
    private readonly byte[]? _token;

    public TargetApplication(TargetState state)
    {
        _state = state;
        _token = state.Options.Token is { Length: > 0 } token ? Encoding.UTF8.GetBytes(token) : null;
        _answers = new Answers(state.Counters, state.Clock);
        var opener = new StreamOpener(state, _answers);
        _events = new EventEndpoints(state, _answers, opener);
        _chat = new ChatEndpoints(state, _answers, opener);
        _jobs = new JobEndpoints(state, _answers, opener);
        _logins = new LoginEndpoints(state, _answers);
        _completions = new CompletionEndpoints(state, _answers, opener, _logins);
    }

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        var http = new DefaultHttpContext(context);
        Task answer;
        try
        {
            answer = Dispatch(http);
        }
        catch (BadQueryException e)
        {
            return _answers.ErrorAsync(http, StatusCodes.Status400BadRequest, e.Message);
        }

        // A stream's task is handed on as it is; only short answers and faults are worth a state machine.
        return answer.IsCompletedSuccessfully || http.Request.Method != HttpMethods.Post ? answer : GuardAsync(http, answer);
    }

    private async Task GuardAsync(HttpContext http, Task answer)
    {
        try
        {
            await answer.ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await _answers.ErrorAsync(http, e.StatusCode, e.Message).ConfigureAwait(false);
        }
        catch (BadQueryException e) when (!http.Response.HasStarted)
        {
            await _answers.ErrorAsync(http, StatusCodes.Status400BadRequest, e.Message).ConfigureAwait(false);
        }
    }

    private Task Dispatch(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        if (path == "/health")
        {
            return Get(http, () => _answers.TextAsync(http, "ok\n"));
        }

        var query = new RequestQuery(http.Request.QueryString.Value);
        if (!IsAllowed(http, query))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return _answers.ErrorAsync(http, StatusCodes.Status401Unauthorized, "a token is needed");
        }

        if (path.StartsWith(Private, StringComparison.Ordinal))
        {
            if (!_logins.IsLoggedIn(http))
            {
                http.Response.Headers.WWWAuthenticate = "Bearer";
                return _answers.ErrorAsync(http, StatusCodes.Status401Unauthorized, "a token of /api/login is needed");
            }

            path = "/api/" + path[Private.Length..];
        }

        if (path.StartsWith(Events, StringComparison.Ordinal))
        {
            return Get(http, () => _events.GetAsync(http, query, path[Events.Length..]));
        }

        if (path.StartsWith(Chat, StringComparison.Ordinal))
        {
            var rest = path[Chat.Length..];
            return rest.EndsWith("/events", StringComparison.Ordinal)
                ? Get(http, () => _chat.FollowAsync(http, query, rest[..^"/events".Length]))
                : Post(http, () => _chat.PostAsync(http, rest));
        }

        return path switch
        {
            "/" => Get(http, () => _answers.TextAsync(http, EndpointList.Text)),
            "/api/time" => Get(http, () => _answers.JsonAsync(http, new { now = Milliseconds(_state.Clock.Now) })),
            "/api/stats" => Get(http, () => _answers.JsonAsync(http, _state.Snapshot())),
            "/api/accepts" => Get(http, () => _answers.JsonAsync(http, new { slotMs = AcceptLog.SlotMs, slots = _state.Accepts.Snapshot() })),
            "/api/stats/reset" => Post(http, () => Control(http, _state.ResetStats)),
            "/api/control/pause" => Post(http, () => Control(http, _state.Pause)),
            "/api/control/resume" => Post(http, () => Control(http, _state.Resume)),
            "/api/login" => Post(http, () => _logins.PostAsync(http)),
            "/v1/chat/completions" => Post(http, () => _completions.PostAsync(http, query)),
            "/api/jobs" => Post(http, () => _jobs.PostAsync(http, query)),
            "/api/jobs/follow" => Get(http, () => _jobs.CreateAndFollowAsync(http, query)),
            _ when path.StartsWith(Jobs, StringComparison.Ordinal) && path.EndsWith("/events", StringComparison.Ordinal) =>
                Get(http, () => _jobs.FollowAsync(http, query, path[Jobs.Length..^"/events".Length])),
            _ => _answers.ErrorAsync(http, StatusCodes.Status404NotFound, "no such endpoint; GET / lists them"),
        };
    }

    private Task Control(HttpContext http, Action action)
    {
        action();
        return _answers.JsonAsync(http, new { paused = _state.IsPaused });
    }

    private static decimal Milliseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTime.UnixEpoch.Ticks) / (decimal)TimeSpan.TicksPerMillisecond;

    private Task Get(HttpContext http, Func<Task> answer) =>
        http.Request.Method == HttpMethods.Get ? answer() : _answers.WrongMethodAsync(http, HttpMethods.Get);

    private Task Post(HttpContext http, Func<Task> answer) =>
        http.Request.Method == HttpMethods.Post ? answer() : _answers.WrongMethodAsync(http, HttpMethods.Post);

    private bool IsAllowed(HttpContext http, RequestQuery query)
    {
        if (_token is null)
        {
            return true;
        }

        const string scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        var given = header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..] : query.Text("token") ?? "";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _token);
    }
}
