using System.Text.RegularExpressions;

namespace ActorLoad.Host.Tests.Deploy;

/// <summary>What can be said of the image without building it.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Lines = [.. Repository.Text("deploy/docker/Dockerfile").Split('\n').Where(l => l.Length > 0 && l[0] != '#')];

    [Fact]
    public void It_builds_with_the_sdk_of_the_framework_and_runs_on_its_runtime() => Assert.Equal(
        [$"mcr.microsoft.com/dotnet/sdk:{Repository.Framework} AS build", $"mcr.microsoft.com/dotnet/aspnet:{Repository.Framework} AS final"],
        Arguments("FROM"));

    [Fact]
    public void What_it_copies_exists_and_reaches_the_builder()
    {
        var kept = Repository.Text("deploy/docker/Dockerfile.dockerignore").Split('\n').Where(l => l.StartsWith('!')).Select(l => l[1..]).ToArray();
        var copied = Arguments("COPY").Where(a => !a.StartsWith("--from", StringComparison.Ordinal))
            .SelectMany(a => a.Split(' ').Where(w => !w.StartsWith("--", StringComparison.Ordinal)).SkipLast(1))
            .Select(s => s.TrimEnd('/')).ToArray();
        Assert.Contains("src", copied);
        Assert.All(copied, source =>
        {
            Assert.True(File.Exists(Repository.PathOf(source)) || Directory.Exists(Repository.PathOf(source)), source);
            Assert.Contains(kept, k => source == k || source.StartsWith(k + "/", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Every_project_that_the_program_needs_is_restored()
    {
        var text = string.Join('\n', Lines);
        Assert.All(
            Repository.Files("src", "*.csproj").Where(p => !p.Contains("PetabridgeCmd", StringComparison.Ordinal)),
            project => Assert.Contains($"COPY {project} {project[..(project.LastIndexOf('/') + 1)]}\n", text, StringComparison.Ordinal));
        Assert.All(Project().Matches(text), m => Assert.True(File.Exists(Repository.PathOf(m.Value)), m.Value));
    }

    [Fact]
    public void It_runs_the_program_as_nobody_special()
    {
        Assert.Equal("$APP_UID", Arguments("USER").Last());
        Assert.Equal("""["actorload"]""", Assert.Single(Arguments("ENTRYPOINT")));
        Assert.Contains(Arguments("ENV"), e => e.StartsWith("PATH=/app:$PATH", StringComparison.Ordinal));
        Assert.Contains(Arguments("RUN"), r => r.EndsWith("-o /app", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Arguments(string instruction) =>
        Lines.Where(l => l.StartsWith(instruction + " ", StringComparison.Ordinal)).Select(l => l[(instruction.Length + 1)..]);

    [GeneratedRegex(@"src/\S+\.csproj")]
    private static partial Regex Project();
}
