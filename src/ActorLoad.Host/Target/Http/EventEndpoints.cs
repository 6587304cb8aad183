using System.Globalization;
using ActorLoad.Host.Target.Accounts;
using ActorLoad.Host.Target.Channels;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Target.Http;

/// <summary>`/api/events/…`: the timed channels, and the same with a filter.</summary>
internal sealed class EventEndpoints(TargetState state, Answers answers, StreamOpener opener)
{
    private int _turn;

    /// <param name="name">What follows `/api/events/`.</param>
    public Task GetAsync(HttpContext context, RequestQuery query, string name)
    {
        IReadOnlySet<string>? types = null;
        if (name == "filtered")
        {
            name = query.Text("channel") ?? "main";
            types = query.Text("types")?.Split(',', StringSplitOptions.TrimEntries).ToHashSet();
            if (types is not null && query.Text("last") is not null)
            {
                throw new BadQueryException("last and types do not go together: the last event might never come");
            }
        }

        // The main channel has two names: the path says what it is, events say which one.
        name = name == "stream" ? "main" : name;
        if (!Names.IsValid(name))
        {
            return answers.ErrorAsync(context, StatusCodes.Status404NotFound, "a channel's name is 1 to 40 of a-z, 0-9, _ and -");
        }

        var interval = query.Milliseconds("interval_ms", 1, 3_600_000);
        var spread = query.Flag("spread");
        var user = query.Text("user_id");
        return opener.RunAsync(context, query, request => state.Channels.Get(name, interval, spread) is { } channel
            ? Open(request, channel, types, user)
            : answers.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, $"more than {ChannelDirectory.MostChannels} channels"));
    }

    private Task Open(StreamRequest request, TimedChannel channel, IReadOnlySet<string>? types, string? user)
    {
        DeliveryLedger? ledger = null;
        if (request.Account is { } account)
        {
            ledger = state.Accounts.Get(account, channel.Name, user!, request.Last!.Value);
            if (ledger is null)
            {
                return answers.ErrorAsync(request.Context, StatusCodes.Status503ServiceUnavailable, $"more than {AccountDirectory.MostLedgers} accounts");
            }
        }

        if (request.LastEventId >= request.Last)
        {
            // The standard's way to tell a client that it need not come again.
            ledger?.Complete();
            return answers.EmptyAsync(request.Context, StatusCodes.Status204NoContent);
        }

        // Another slot may have been one event ahead when the client was there.
        var slots = channel.Slots;
        var slack = slots.Count > 1 ? 1 : 0;
        return opener.Start(request, slots[SlotOf(user, slots.Count)], request.LastEventId, types, slack, ledger).Completion;
    }

    private int SlotOf(string? user, int slots)
    {
        if (slots == 1)
        {
            return 0;
        }

        // Users are numbered, so that their ids spread evenly; a user keeps its slot across reconnects.
        var number = uint.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (uint)Interlocked.Increment(ref _turn);
        return (int)(number % (uint)slots);
    }
}
