using System.Text.Json;
using ActorLoad.Host.Target.Stats;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Target.Http;

/// <summary>Answers that are no streams. Each one is counted by its status before it is written.</summary>
internal sealed class Answers(TargetCounters counters, TargetClock clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public Task EmptyAsync(HttpContext context, int status)
    {
        Begin(context, status);
        return Task.CompletedTask;
    }

    public Task TextAsync(HttpContext context, string text)
    {
        Begin(context, StatusCodes.Status200OK);
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }

    public Task JsonAsync<T>(HttpContext context, T value, int status = StatusCodes.Status200OK)
    {
        Begin(context, status);
        return context.Response.WriteAsJsonAsync(value, Json);
    }

    /// <summary>`{"error": "…"}`.</summary>
    public Task ErrorAsync(HttpContext context, int status, string message) => JsonAsync(context, new { error = message }, status);

    /// <summary>405 with the method that would be right.</summary>
    public Task WrongMethodAsync(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return ErrorAsync(context, StatusCodes.Status405MethodNotAllowed, $"use {allowed}");
    }

    private void Begin(HttpContext context, int status)
    {
        counters.CountStatus(status);
        context.Response.StatusCode = status;

        // The server's own would be up to a second old.
        context.Response.Headers.Date = clock.Now.ToString("r");
    }
}
