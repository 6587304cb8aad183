using System.Text.RegularExpressions;
using ActorLoad.TestServer;

namespace ActorLoad.Host.Tests.Scenarios;

/// <summary>
/// Keeps docs/scenario-reference.md true: every HOCON block in it (and in measurement.md, recipes.md and cluster.md) is loaded. What follows <c>```hocon</c> says where a block
/// belongs: in <c>scenario</c>, in a <c>user</c> type, or among <c>steps</c>; without it the block is a whole file.
/// </summary>
public sealed partial class ScenarioReferenceTests : IDisposable
{
    private readonly ScenarioFolder _folder = new();

    public static TheoryData<string, string> Blocks
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Match block in Block().Matches(Text + Page("measurement.md") + Page("recipes.md") + Page("cluster.md")))
            {
                data.Add(block.Groups["where"].Value, block.Groups["text"].Value);
            }

            return data;
        }
    }

    private static string Text => Page("scenario-reference.md");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_example_loads(string where, string text)
    {
        using var certificates = new Certificates();
        var client = certificates.Client("user");
        foreach (var file in new[] { certificates.AuthorityFile, client.Certificate, client.Key })
        {
            _folder.Write(Path.GetFileName(file), File.ReadAllText(file));
        }

        _folder.Write("accounts.csv", "user,password\nzoe,s\n");
        _folder.Write("rooms.csv", "room\nlobby\n");
        _folder.Environment["TOKEN"] = "t";
        _folder.Valid(where switch
        {
            "" => text,
            "scenario" => ScenarioFolder.Minimal + $"scenario {{\n{text}\n}}",
            "user" => ScenarioFolder.Minimal + $"scenario.users.example {{\n{text}\n}}",
            "steps" => ScenarioFolder.Minimal
                + "scenario.users.reader.on-start = [ { subscribe { stream = main, path = \"/\" } } ]\n"
                + $"scenario.users.reader.tasks.read.steps = [\n{text}\n]",
            _ => throw new InvalidOperationException($"a block cannot belong to '{where}'"),
        });
    }

    [Fact]
    public void Every_key_that_can_be_written_is_named()
    {
        var text = Text;
        _folder.Write("accounts.csv", "user\nzoe\n");
        var everything = _folder.Valid(ScenarioFolder.Minimal + """
            scenario.http.headers.A = b
            scenario.feeds.a.file = "accounts.csv"
            scenario.load = { model = open, start-rate = 1, max-users = 9, stages = [ { duration = 10s, rate = 5 } ] }
            scenario.events-at = [ { at = 1s, drop { fraction = 0.5, user-type = reader, stream = main } } ]
            scenario.users.reader { iterations = 2, lifetime = 10s, on-leave = abandon }
            scenario.users.reader.wait = { min = 1s, max = 2s }
            scenario.users.reader.on-start = [ { pause = 1s } ]
            scenario.users.reader.on-stop = [ { pause = 1s } ]
            scenario.users.reader.tasks.read.steps = [
              { subscribe { stream = main, path = "/e", query { a = b }, headers { a = b }, body = b } }
              { await { stream = main, event = e, data-contains = d } }, { listen { stream = main, for = 1s } }
              { drop = main }, { reconnect = main }, { close = main }, { abandon = main }, { parallel = [ { pause = 1s } ] }
              { request { path = "/", query { a = b }, headers { a = b }, body = b, extract { a = "/a", b.header = B } } }
              { subscribe { stream = finite, path = "/e", until { data = a, event = b } } }, { await { stream = finite, done = true } }
              { await { stream = main, data-json { pointer = "/a", equals = b } } }
            ]
            """).ResolvedText!;
        var keys = Key().Matches(everything).Select(m => m.Groups["key"].Value).Distinct()
            .Except(["reader", "read", "a", "b", "A", "scenario"]).ToList();
        Assert.InRange(keys.Count, 50, 150);
        Assert.All(keys, key => Assert.Matches($@"[`.{{ ]{Regex.Escape(key)}[`., }}]", text));
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(Root(), "docs", name));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorLoad.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not run inside the repository");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^```hocon ?(?<where>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<key>[A-Za-z][A-Za-z-]*)( = | \{)", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
