using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Target.Http;

/// <summary>`POST /api/login`, and the check of what it gives.</summary>
internal sealed class LoginEndpoints(TargetState state, Answers answers)
{
    private const string Scheme = "Bearer ";
    private const int ValidSeconds = 3600;

    public async Task PostAsync(HttpContext context)
    {
        if (await ReadAsync(context).ConfigureAwait(false) is not var (user, password))
        {
            await answers.ErrorAsync(context, StatusCodes.Status400BadRequest, """expected {"user": "…", "password": "…"}""").ConfigureAwait(false);
        }
        else if (state.Logins.TryGrant(user, password) is not { } token)
        {
            await answers.ErrorAsync(context, StatusCodes.Status401Unauthorized, "wrong user or password").ConfigureAwait(false);
        }
        else
        {
            var answer = new Dictionary<string, object> { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = ValidSeconds };
            await answers.JsonAsync(context, answer).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the request carries a token that a login gave.</summary>
    public bool IsLoggedIn(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && state.Logins.IsGranted(header[Scheme.Length..].Trim());
    }

    private static async Task<(string User, string Password)?> ReadAsync(HttpContext context)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted).ConfigureAwait(false);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && TextOf(json.RootElement, "user") is { Length: > 0 } user
                && TextOf(json.RootElement, "password") is { } password
                ? (user, password)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter: a text with half of a surrogate pair.
            return null;
        }
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
