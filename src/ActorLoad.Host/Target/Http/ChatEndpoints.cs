using System.Text.Json;
using ActorLoad.Host.Target.Chat;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Target.Http;

/// <summary>`/api/chat/{room}`: posting, and following the room.</summary>
internal sealed class ChatEndpoints(TargetState state, Answers answers, StreamOpener opener)
{
    private const int LongestUser = 100;

    public async Task PostAsync(HttpContext context, string name)
    {
        if (await ReadAsync(context).ConfigureAwait(false) is not { } message)
        {
            await answers.ErrorAsync(context, StatusCodes.Status400BadRequest, """expected {"user": "…", "text": "…"}""").ConfigureAwait(false);
        }
        else if (Room(name) is not { } room)
        {
            await TooManyAsync(context, name).ConfigureAwait(false);
        }
        else
        {
            var id = state.Rooms.Post(room, message.User, message.Text);
            await answers.JsonAsync(context, new { id }, StatusCodes.Status202Accepted).ConfigureAwait(false);
        }
    }

    public Task FollowAsync(HttpContext context, RequestQuery query, string name)
    {
        var user = query.Text("user") ?? "anonymous";
        if (user.Length > LongestUser)
        {
            throw new BadQueryException($"user: at most {LongestUser} characters");
        }

        return opener.RunAsync(context, query, request => Room(name) is { } room ? StayAsync(request, room, user) : TooManyAsync(context, name));
    }

    private async Task StayAsync(StreamRequest request, ChatRoom room, string user)
    {
        var stream = opener.Start(request, room.Ring, request.LastEventId);

        // After the stream has joined, so that a member's first event is its own arrival.
        state.Rooms.Announce(room, user, "join");
        await stream.Completion.ConfigureAwait(false);
        if (!state.IsStopping)
        {
            state.Rooms.Announce(room, user, "leave");
        }
    }

    private ChatRoom? Room(string name) => Names.IsValid(name) ? state.Rooms.Get(name) : null;

    private Task TooManyAsync(HttpContext context, string name) => Names.IsValid(name)
        ? answers.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, $"more than {RoomDirectory.MostRooms} rooms")
        : answers.ErrorAsync(context, StatusCodes.Status404NotFound, "a room's name is 1 to 40 of a-z, 0-9, _ and -");

    private static async Task<(string User, string Text)?> ReadAsync(HttpContext context)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted).ConfigureAwait(false);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && TextOf(json.RootElement, "user") is { Length: > 0 and <= LongestUser } user
                && TextOf(json.RootElement, "text") is { } text
                ? (user, text)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
