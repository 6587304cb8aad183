using System.Xml.Linq;

namespace ActorLoad.Host.Tests.Deploy;

/// <summary>The repository that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Of the program, as Directory.Build.props says.</summary>
    public static string Version { get; } = Property("Version");

    /// <summary>Such as 10.0.</summary>
    public static string Framework { get; } = Property("TargetFramework")["net".Length..];

    public static string PathOf(string name) => Path.Combine([Root, .. name.Split('/')]);

    public static string Text(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Every file below a folder, with the path as git shows it.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal);

    private static string Property(string name) =>
        XDocument.Load(Path.Combine(Root, "Directory.Build.props")).Descendants(name).First().Value;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorLoad.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        return folder.FullName;
    }
}
