namespace ActorLoad.Messages.Scenarios;

/// <summary>Rows of a CSV file, one row a user; <c>{{feed.column}}</c> shows the user's. Columns are unique over all feeds.</summary>
/// <param name="Rows">Each as long as <paramref name="Columns"/>.</param>
/// <param name="Seed">Of the order, when it is random: every worker gets the same.</param>
public sealed record Feed(
    string Name,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string[]> Rows,
    FeedOrder Order,
    int Seed,
    FeedEnd AtEnd);
