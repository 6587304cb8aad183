using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads <c>scenario.feeds</c> and the files that it names.</summary>
internal static class FeedReader
{
    private const string FileName = "the name of a CSV file";
    private const string Delimiter = "one ASCII character that separates fields, such as \",\", \";\" or \"\\t\"";

    public static IReadOnlyList<Feed> Read(Section scenario)
    {
        var feeds = new List<Feed>();
        if (scenario.Object("feeds", "an object of feeds such as { accounts { file = \"accounts.csv\" } }") is not { } section)
        {
            return feeds;
        }

        foreach (var name in section.Keys)
        {
            if (!NameRules.IsName(name))
            {
                section.Mistake(name, $"the name of a feed has to be {NameRules.Name}");
            }

            if (section.Object(name, "a feed such as { file = \"accounts.csv\" }") is { } body)
            {
                feeds.Add(Read(body, name));
            }
        }

        section.Close();
        return feeds;
    }

    private static Feed Read(Section section, string name)
    {
        var delimiter = section.Text("delimiter", ",", Delimiter);
        if (delimiter.Length != 1 || !char.IsAscii(delimiter[0]) || char.IsLetterOrDigit(delimiter[0]) || delimiter[0] is '"' or '\r' or '\n')
        {
            section.Unexpected(section.Take("delimiter")!, section.PathOf("delimiter"), Delimiter);
            delimiter = ",";
        }

        var file = section.RequiredText("file", FileName) is { } text && CheckedName(section, text) ? HttpReader.File(section, "file") : "";
        var feed = new Feed(
            name,
            [],
            [],
            section.Value("order", ValueKinds.OneOf<FeedOrder>(), FeedOrder.Sequential),
            section.Value("seed", ValueKinds.Whole(0), 0),
            section.Value("at-end", ValueKinds.OneOf<FeedEnd>(), FeedEnd.Stop))
        {
            File = file,
            Delimiter = delimiter,
        };
        section.Close();
        return File.Exists(file) ? WithRows(feed, section) : feed;
    }

    private static bool CheckedName(Section section, string name)
    {
        if (name.Length == 0)
        {
            section.Unexpected(section.Take("file")!, section.PathOf("file"), FileName);
        }

        return name.Length > 0;
    }

    private static Feed WithRows(Feed feed, Section section)
    {
        // A file name that is secret must not be shown; then the scenario's own line has to do.
        var hidden = section.Context.Secrets.Contains(feed.File);
        var named = section.Take("file")!.At;
        var csv = new FeedFile(feed.File, feed.Delimiter[0], (line, problem) => section.Context.Add(
            hidden ? named : new HoconPosition(feed.File, line), section.Path, problem));
        return csv.Read() is var (columns, rows) ? feed with { Columns = columns, Rows = rows } : feed;
    }
}
