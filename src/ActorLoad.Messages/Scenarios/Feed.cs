namespace ActorLoad.Messages.Scenarios;

/// <summary>
/// Rows of a CSV file, one row a user; <c>{{feed.column}}</c> shows the user's. Which row a user gets follows from its id
/// alone, so no two users of a run share one before the rows are used up, whichever worker runs them.
/// </summary>
/// <param name="Rows">In the order of the file, each as long as <paramref name="Columns"/>.</param>
/// <param name="Seed">Of the order, when it is random: every worker gets the same.</param>
public sealed record Feed(
    string Name,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string[]> Rows,
    FeedOrder Order,
    int Seed,
    FeedEnd AtEnd)
{
    /// <summary>Where the rows came from; the resolved scenario keeps this instead of the rows.</summary>
    public string File { get; init; } = "";

    public string Delimiter { get; init; } = ",";

    /// <summary>Index into <see cref="Rows"/>, or -1 when the user's id is beyond them and the feed does not wrap.</summary>
    public int RowOf(long userId)
    {
        if (userId >= Rows.Count && AtEnd == FeedEnd.Stop)
        {
            return -1;
        }

        var place = (int)(userId % Rows.Count);
        return Order == FeedOrder.Random ? Shuffle.Place(place, Rows.Count, Seed) : place;
    }
}
