using System.Text.Json.Nodes;
using ActorLoad.Host.Node;
using ActorLoad.Host.Scenarios;
using ActorLoad.Host.Target;

namespace ActorLoad.Host.Tests.Deploy;

/// <summary>The compose file against the program: command lines, names, ports and files agree.</summary>
public sealed class ComposeTests
{
    private static readonly string[] Workers = ["worker-1", "worker-2", "worker-3"];
    private static readonly JsonNode File = Assert.Single(YamlFile.Read("deploy/docker/compose.yaml"));
    private static readonly JsonObject Services = File["services"]!.AsObject();

    [Fact]
    public void It_is_a_coordinator_three_workers_and_a_target() =>
        Assert.Equal(["coordinator", .. Workers, "target"], Services.Select(s => s.Key));

    [Fact]
    public void Every_node_would_start_and_is_protected()
    {
        Assert.Equal([NodeRoles.Coordinator], Node("coordinator").Roles);
        Assert.All(Workers, w => Assert.Equal([NodeRoles.Worker], Node(w).Roles));
        Assert.All(Workers.Prepend("coordinator"), name =>
        {
            var node = Node(name);
            CommandLines.IsSafe(node);
            Assert.Equal((name, "0.0.0.0", "0.0.0.0"), (node.ReachableAs, node.Hostname, node.HttpHost));
            Assert.NotNull(node.Token);
        });
    }

    [Fact]
    public void Workers_join_the_coordinator_where_it_listens()
    {
        var coordinator = Node("coordinator");
        Assert.All(Workers, w =>
        {
            Assert.Equal([$"{coordinator.ReachableAs}:{coordinator.Port}"], Node(w).Seeds);
            Assert.Equal("service_healthy", (string?)Services[w]!["depends_on"]!["coordinator"]!["condition"]);
        });
    }

    [Fact]
    public void Its_HTTP_port_is_published_to_this_machine_alone_and_probed()
    {
        var port = Node("coordinator").HttpPort;
        Assert.Equal($"127.0.0.1:{port}:{port}", (string?)Assert.Single(Services["coordinator"]!["ports"]!.AsArray()));
        Assert.All(Workers.Prepend("coordinator"), name =>
        {
            var test = Texts(Services[name]!["healthcheck"]!["test"]!);
            Assert.Equal(["CMD", "healthcheck", $"{Node(name).HttpPort}"], test[..3]);
            Assert.Contains(test[3], HealthPaths.All);
        });
        Assert.All(Workers.Append("target"), name => Assert.Null(Services[name]!["ports"]));
    }

    [Fact]
    public void All_use_one_image_of_this_version()
    {
        Assert.All(Services, s => Assert.Equal($"actorload:{Repository.Version}", (string?)s.Value!["image"]));
        Assert.Contains($"actorload:{Repository.Version} ", Repository.Text("deploy/docker/Dockerfile"), StringComparison.Ordinal);
        var build = Services["coordinator"]!["build"]!;
        var folder = Path.Combine(Repository.PathOf("deploy/docker"), (string)build["context"]!);
        Assert.Equal(Repository.Root, Path.GetFullPath(folder));
        Assert.True(System.IO.File.Exists(Path.Combine(folder, (string)build["dockerfile"]!)));
    }

    [Fact]
    public void What_the_options_name_is_mounted_and_what_is_mounted_is_made()
    {
        var header = Repository.Text("deploy/docker/compose.yaml");
        Assert.Contains($"make-certificates.sh tls coordinator {string.Join(' ', Workers)}\n", header, StringComparison.Ordinal);
        var declared = File["volumes"]!.AsObject().Select(v => v.Key).ToArray();
        Assert.All(Workers.Prepend("coordinator"), name =>
        {
            var mounts = Texts(Services[name]!["volumes"]!).Select(m => m.Split(':')).ToDictionary(m => m[1], m => m[0]);
            var node = Node(name);
            Assert.Equal($"./tls/{name}.crt", mounts[node.TlsCert!]);
            Assert.Equal($"./tls/{name}.key", mounts[node.TlsKey!]);
            Assert.Equal("./tls/ca.crt", mounts[node.TlsCa!]);
            Assert.Contains(mounts["/var/lib/actorload"], declared);
        });
    }

    [Fact]
    public void Every_process_may_open_as_many_files_as_it_has_users() =>
        Assert.All(Services, s => Assert.True((long)s.Value!["ulimits"]!["nofile"]!["soft"]! >= 1_000_000));

    [Fact]
    public void The_target_listens_where_the_scenario_looks_for_it()
    {
        var target = CommandLines.Parse(Texts(Services["target"]!["command"]!));
        Assert.Equal("target", target.CommandResult.Command.Name);
        var variable = Assert.Single(Services["target"]!["environment"]!.AsObject()).Key;
        Assert.Equal("ACTORLOAD_TARGET_TOKEN", variable);
        var address = Assert.Single(TargetUrls.Parse(target.GetValue<string>("--urls")!, target.GetValue<bool>("--allow-remote"), "a token"));
        var scenario = ScenarioLoader.Load(Repository.PathOf("deploy/docker/compose.conf"), ScenarioOverrides.None, n => n == "TOKEN" ? "t" : null);
        Assert.True(scenario.IsValid, string.Join('\n', scenario.Mistakes));
        Assert.Equal($"http://target:{address.EndPoint.Port}", scenario.Scenario.BaseUrl.ToString().TrimEnd('/'));
    }

    private static NodeOptions Node(string name)
    {
        var environment = Services[name]!["environment"]!.AsObject().ToDictionary(
            e => e.Key, e => ((string)e.Value!).StartsWith("${", StringComparison.Ordinal) ? "from-elsewhere" : (string)e.Value!);
        return CommandLines.Node(Texts(Services[name]!["command"]!), environment);
    }

    private static string[] Texts(JsonNode list) => [.. list.AsArray().Select(t => t!.GetValue<string>())];
}
