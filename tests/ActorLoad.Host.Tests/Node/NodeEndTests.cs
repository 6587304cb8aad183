using ActorLoad.Host.Node;
using Akka.Actor;

namespace ActorLoad.Host.Tests.Node;

/// <summary>What a node says when it is over, and what it leaves behind.</summary>
public sealed class NodeEndTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorload-tests-");

    [Fact]
    public void Leaving_is_no_failure()
    {
        Assert.Equal(new NodeEnd(0, null), NodeEnd.Of(CoordinatedShutdown.ClusterLeavingReason.Instance, null));
        Assert.Equal(new NodeEnd(0, null), NodeEnd.Of(CoordinatedShutdown.ClrExitReason.Instance, null));

        // A worker that nobody could take the windows from has left, too, and says where they are.
        var kept = NodeEnd.Of(CoordinatedShutdown.ClusterLeavingReason.Instance, "/x/spool/run");
        Assert.Equal(0, kept.ExitCode);
        Assert.Contains("/x/spool/run", kept.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_was_cut_off_fails_and_names_what_it_kept()
    {
        var end = NodeEnd.Of(CoordinatedShutdown.ClusterDowningReason.Instance, "/x/spool/run");
        Assert.Equal(1, end.ExitCode);
        Assert.Contains("cut off from the coordinators", end.Message, StringComparison.Ordinal);
        Assert.Contains("is in /x/spool/run", end.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("is in", NodeEnd.Of(CoordinatedShutdown.ClusterDowningReason.Instance, null).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_was_written_since_the_start_is_its_own()
    {
        var spool = Path.Combine(_folder.FullName, "spool");
        Assert.Null(new NodeSpool(spool).Kept());
        var old = Write(Path.Combine(spool, "old", "w.windows"));
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));
        var node = new NodeSpool(spool);
        Assert.Null(node.Kept());
        Write(Path.Combine(spool, "run", "w.run"));
        Assert.Null(node.Kept());
        File.SetLastWriteTimeUtc(Write(Path.Combine(spool, "run", "w.windows")), DateTime.UtcNow.AddSeconds(1));
        Assert.Equal(Path.Combine(spool, "run"), node.Kept());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
        return path;
    }
}
