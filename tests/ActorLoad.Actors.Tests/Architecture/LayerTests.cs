using System.Text.RegularExpressions;

namespace ActorLoad.Actors.Tests.Architecture;

/// <summary>The folders of the engine follow the road of a byte, and a folder uses only folders before it (docs/architecture.md).</summary>
public sealed partial class LayerTests
{
    private static readonly string[] Road =
        ["Transport", "Framing", "Measurement", "Connections", "Users", "Load", "Stats", "Verdicts", "Coordination", "Operations", "Hosting"];

    [Fact]
    public void The_folders_are_the_ones_that_the_documentation_lists()
    {
        var folders = Directory.GetDirectories(Sources()).Select(d => Path.GetFileName(d)!).Except(["bin", "obj"]);

        Assert.Equal(Road.Order(), folders.Order());
        var documented = File.ReadAllText(Path.Combine(Sources(), "..", "..", "docs", "architecture.md"));
        var rows = Row().Matches(documented).Select(m => m.Groups[1].Value).Where(Road.Contains);
        Assert.Equal(Road, rows);
    }

    [Fact]
    public void A_folder_uses_only_folders_before_it()
    {
        var wrong = new List<string>();
        for (var at = 0; at < Road.Length; at++)
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Sources(), Road[at]), "*.cs", SearchOption.AllDirectories))
            {
                var used = Use().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Distinct();
                wrong.AddRange(used.Where(u => Array.IndexOf(Road, u) > at).Select(u => $"{Road[at]}/{Path.GetFileName(file)} uses {u}"));
            }
        }

        Assert.Empty(wrong);
    }

    private static string Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ActorLoad.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "src", "ActorLoad.Actors");
    }

    [GeneratedRegex(@"ActorLoad\.Actors\.([A-Z][A-Za-z]+)")]
    private static partial Regex Use();

    [GeneratedRegex(@"^\| `([A-Z][A-Za-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
