using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Model;

/// <summary>What the sequence numbers of one stream name told, over all users of a type: a line of a report.</summary>
public sealed record IntegrityRow(string UserType, string Stream, long Sequenced, long Missed, long Duplicated, long Reordered)
{
    /// <summary>A row for every stream whose events were numbered.</summary>
    public static IReadOnlyList<IntegrityRow> Of(Summary summary) =>
    [
        .. summary.UserTypes.SelectMany(type => type.Value.Streams.Select(stream =>
        {
            long Get(Counter counter) => stream.Value.GetValueOrDefault(counter.Name());
            return new IntegrityRow(
                type.Key,
                stream.Key,
                Get(Counter.EventsSequenced),
                Get(Counter.EventsMissed),
                Get(Counter.EventsDuplicated),
                Get(Counter.EventsReordered));
        })).Where(row => row.Sequenced > 0),
    ];
}
