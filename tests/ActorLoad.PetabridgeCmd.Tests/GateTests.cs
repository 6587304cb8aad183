using System.Xml.Linq;

namespace ActorLoad.PetabridgeCmd.Tests;

/// <summary>Without the property nothing asks for a package of Petabridge.Cmd.</summary>
public sealed class GateTests
{
    private const string On = "'$(EnablePetabridgeCmd)' == 'true'";
    private static readonly DirectoryInfo Root = FindRoot();

    [Fact]
    public void Whatever_names_the_package_stands_under_the_condition()
    {
        var named = Projects().SelectMany(p => XDocument.Load(p).Descendants())
            .Where(e => e.Name.LocalName is "PackageReference" or "PackageVersion" or "ProjectReference" && Names(e))
            .ToList();
        Assert.Contains(named, e => e.Name.LocalName == "PackageReference");
        Assert.Contains(named, e => e.Name.LocalName == "PackageVersion");
        Assert.All(named, e => Assert.True(
            e.AncestorsAndSelf().Any(a => (string?)a.Attribute("Condition") == On), $"{e} is asked for without {On}"));
    }

    [Fact]
    public void The_default_solution_knows_only_the_tests()
    {
        var projects = File.ReadLines(Path.Combine(Root.FullName, "ActorLoad.sln"))
            .Where(l => l.StartsWith("Project(", StringComparison.Ordinal) && l.Contains("PetabridgeCmd", StringComparison.Ordinal));
        Assert.Contains("ActorLoad.PetabridgeCmd.Tests", Assert.Single(projects), StringComparison.Ordinal);
    }

    private static bool Names(XElement element)
    {
        var include = (string?)element.Attribute("Include") ?? "";
        return include.StartsWith("Petabridge.", StringComparison.Ordinal) || include.EndsWith("ActorLoad.PetabridgeCmd.csproj", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Projects() =>
        new[] { "src", "tests" }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root.FullName, f), "*.csproj", SearchOption.AllDirectories))
            .Append(Path.Combine(Root.FullName, "Directory.Packages.props"))
            .Append(Path.Combine(Root.FullName, "Directory.Build.props"));

    private static DirectoryInfo FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorLoad.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        return folder;
    }
}
