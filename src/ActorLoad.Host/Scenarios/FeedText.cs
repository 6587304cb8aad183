using System.Globalization;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>Writes feeds as HOCON: where the rows are, never the rows.</summary>
internal static class FeedText
{
    /// <param name="text">Quotes a text, or masks it.</param>
    public static void Write(HoconWriter writer, IReadOnlyList<Feed> feeds, Func<string, string> text)
    {
        if (feeds.Count == 0)
        {
            return;
        }

        writer.Block("feeds", () =>
        {
            foreach (var feed in feeds)
            {
                writer.Block(feed.Name, () =>
                {
                    writer.Set("file", text(feed.File));
                    writer.Set("delimiter", text(feed.Delimiter));
                    writer.Set("order", FailureNames.Join(feed.Order.ToString(), '-'));
                    writer.Set("seed", feed.Seed.ToString(CultureInfo.InvariantCulture));
                    writer.Set("at-end", FailureNames.Join(feed.AtEnd.ToString(), '-'));
                });
            }
        });
    }
}
