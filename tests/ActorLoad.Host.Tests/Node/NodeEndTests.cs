using ActorLoad.Actors.Coordination;
using ActorLoad.Host.Node;
using Akka.Actor;

namespace ActorLoad.Host.Tests.Node;

/// <summary>What a node says when it is over, and what it leaves behind.</summary>
public sealed class NodeEndTests : IDisposable
{
    private static readonly NodeOptions Node = new() { Seeds = ["10.0.0.1:8110", "dns:others:8110"], JoinTimeout = TimeSpan.FromSeconds(90) };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorload-tests-");

    [Fact]
    public void Leaving_is_no_failure()
    {
        Assert.Equal(new NodeEnd(0, null), NodeEnd.Of(CoordinatedShutdown.ClusterLeavingReason.Instance, Node, null));
        Assert.Equal(new NodeEnd(0, null), NodeEnd.Of(CoordinatedShutdown.ClrExitReason.Instance, Node, null));

        // A worker that nobody could take the windows from has left, too, and says where they are.
        var kept = NodeEnd.Of(CoordinatedShutdown.ClusterLeavingReason.Instance, Node, "/x/spool/run");
        Assert.Equal(0, kept.ExitCode);
        Assert.Contains("/x/spool/run", kept.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_was_cut_off_fails_and_names_what_it_kept()
    {
        var end = NodeEnd.Of(CoordinatedShutdown.ClusterDowningReason.Instance, Node, "/x/spool/run");
        Assert.Equal(1, end.ExitCode);
        Assert.Contains("cut off from the coordinators", end.Message, StringComparison.Ordinal);
        Assert.Contains("is in /x/spool/run", end.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("is in", NodeEnd.Of(CoordinatedShutdown.ClusterDowningReason.Instance, Node, null).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_found_no_seed_names_them_and_how_long_it_tried()
    {
        var end = NodeEnd.Of(CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance, Node, null);
        Assert.Equal(1, end.ExitCode);
        Assert.StartsWith("no seed node answered within 90 s (10.0.0.1:8110, dns:others:8110): ", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_its_own_worker_kept_is_its_own()
    {
        var spool = Path.Combine(_folder.FullName, "spool");
        var node = new NodeSpool(spool, "12ab34cd");
        Assert.Null(node.Kept(null));
        var (own, other) = (Path.Combine(spool, "own", "127.0.0.1-8110#12ab34cd.windows"), Path.Combine(spool, "other", "127.0.0.1-8111#ffffffff.windows"));
        File.SetLastWriteTimeUtc(Write(other), DateTime.UtcNow.AddSeconds(1));
        Write(Path.Combine(spool, "other", "127.0.0.1-8110#12ab34cd.run"));
        Assert.Null(node.Kept(null));
        Write(own);
        Assert.Equal(Path.Combine(spool, "own"), node.Kept(null));
    }

    [Fact]
    public void What_a_worker_says_when_it_leaves_wins_over_what_is_there()
    {
        var spool = Path.Combine(_folder.FullName, "spool");
        var node = new NodeSpool(spool, "12ab34cd");
        var file = Write(Path.Combine(spool, "run", "127.0.0.1-8110#12ab34cd.windows"));
        Assert.Null(node.Kept(new WorkerActor.Left(null)));
        Assert.Null(node.Kept(new WorkerActor.Left(file + "x")));
        Assert.Equal(Path.Combine(spool, "run"), node.Kept(new WorkerActor.Left(file)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
        return path;
    }
}
