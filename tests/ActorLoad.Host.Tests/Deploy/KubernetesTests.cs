using System.Text.Json.Nodes;
using ActorLoad.Host.Node;

namespace ActorLoad.Host.Tests.Deploy;

/// <summary>The Kubernetes manifests against the program and against each other.</summary>
public sealed class KubernetesTests
{
    private const string Folder = "deploy/kubernetes/";
    private static readonly JsonNode Kustomization = Assert.Single(YamlFile.Read(Folder + "kustomization.yaml"));

    private static readonly IReadOnlyList<JsonNode> Objects =
        [.. Texts(Kustomization["resources"]!).SelectMany(r => YamlFile.Read(Folder + r))];

    private static readonly JsonNode Coordinators = Named("StatefulSet", "actorload-coordinator");
    private static readonly JsonNode Workers = Named("Deployment", "actorload-worker");

    public static TheoryData<string> Sets => ["StatefulSet", "Deployment"];

    [Fact]
    public void Every_manifest_is_part_of_the_whole() => Assert.Equal(
        Repository.Files("deploy/kubernetes", "*.yaml").Select(Path.GetFileName).Except(["kustomization.yaml"]).Order(),
        Texts(Kustomization["resources"]!).Order());

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_node_would_start_and_is_protected(string kind)
    {
        var node = Node(kind);
        CommandLines.IsSafe(node);
        Assert.Equal(("0.0.0.0", "0.0.0.0"), (node.Hostname, node.HttpHost));
        Assert.NotNull(node.Token);
        Assert.Equal([kind == "StatefulSet" ? NodeRoles.Coordinator : NodeRoles.Worker], node.Roles);
    }

    [Fact]
    public void Everybody_knows_the_coordinators_by_the_names_that_they_have()
    {
        var node = Node("StatefulSet");
        var replicas = (int)Coordinators["spec"]!["replicas"]!;
        Assert.Equal("actorload-coordinators", (string?)Coordinators["spec"]!["serviceName"]);
        var names = Enumerable.Range(0, replicas).Select(i => node.ReachableAs.Replace("$(POD_NAME)", $"actorload-coordinator-{i}", StringComparison.Ordinal));
        string[] seeds = [.. names.Select(n => $"{n}:{node.Port}")];
        Assert.Equal($"actorload-coordinator-0.actorload-coordinators:{node.Port}", seeds[0]);
        Assert.Equal(seeds, node.Seeds);
        Assert.Equal(seeds, Node("Deployment").Seeds);
        Assert.Equal("metadata.name", (string?)Variable(Coordinators, "POD_NAME")["valueFrom"]!["fieldRef"]!["fieldPath"]);
        Assert.Equal("status.podIP", (string?)Variable(Workers, "ACTORLOAD_NODE_PUBLIC_HOSTNAME")["valueFrom"]!["fieldRef"]!["fieldPath"]);
    }

    [Fact]
    public void A_side_survives_with_more_than_half_of_the_coordinators()
    {
        var majority = ((int)Coordinators["spec"]!["replicas"]! / 2) + 1;
        Assert.Equal((majority, majority), (Node("StatefulSet").Quorum, Node("Deployment").Quorum));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Ports_probes_and_the_hook_before_the_end_agree(string kind)
    {
        var (container, node) = (Container(kind), Node(kind));
        var ports = container["ports"]!.AsArray().ToDictionary(p => (string)p!["name"]!, p => (int)p!["containerPort"]!);
        Assert.Equal(new Dictionary<string, int> { ["remoting"] = node.Port, ["http"] = node.HttpPort }, ports);
        Assert.Equal("/health/live", Probe("livenessProbe"));
        Assert.Equal("/health/ready", Probe("readinessProbe"));

        var hook = Texts(container["lifecycle"]!["preStop"]!["exec"]!["command"]!);
        Assert.Equal("actorload", hook[0]);
        var parsed = CommandLines.Parse(hook[1..]);
        Assert.Equal("leave", parsed.CommandResult.Command.Name);
        Assert.Equal(new Uri($"http://127.0.0.1:{node.HttpPort}"), Assert.Single(parsed.GetValue<Uri[]>("--node")!));
        Assert.True((int)Set(kind)["spec"]!["template"]!["spec"]!["terminationGracePeriodSeconds"]! >= 60);

        string Probe(string name)
        {
            var get = container[name]!["httpGet"]!;
            Assert.Contains((string)get["port"]!, ports.Keys);
            Assert.Contains((string)get["path"]!, HealthPaths.All);
            return (string)get["path"]!;
        }
    }

    [Theory]
    [InlineData("actorload-coordinators", "remoting")]
    [InlineData("actorload", "http")]
    public void A_service_leads_to_the_coordinators(string name, string port)
    {
        var service = Named("Service", name)["spec"]!;
        var only = Assert.Single(service["ports"]!.AsArray())!;
        var target = Container("StatefulSet")["ports"]!.AsArray().Single(p => (string)p!["name"]! == port)!;
        Assert.Equal((port, port, (int)target["containerPort"]!), ((string)only["name"]!, (string)only["targetPort"]!, (int)only["port"]!));
        Assert.True(JsonNode.DeepEquals(service["selector"], Coordinators["spec"]!["template"]!["metadata"]!["labels"]));
    }

    [Fact]
    public void The_names_of_coordinators_are_found_before_they_are_ready()
    {
        var service = Named("Service", "actorload-coordinators")["spec"]!;
        Assert.Equal("None", (string?)service["clusterIP"]);
        Assert.True((bool)service["publishNotReadyAddresses"]!);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Selectors_choose_their_own_pods(string kind)
    {
        var spec = Set(kind)["spec"]!;
        Assert.True(JsonNode.DeepEquals(spec["selector"]!["matchLabels"], spec["template"]!["metadata"]!["labels"]));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void What_is_mounted_exists_and_has_the_files_that_the_options_name(string kind)
    {
        var (container, pod, node) = (Container(kind), Set(kind)["spec"]!["template"]!["spec"]!, Node(kind));
        var claims = Set(kind)["spec"]!["volumeClaimTemplates"]?.AsArray().Select(c => (string)c!["metadata"]!["name"]!) ?? [];
        var volumes = pod["volumes"]!.AsArray().Select(v => (string)v!["name"]!).Concat(claims).ToArray();
        var mounts = container["volumeMounts"]!.AsArray().ToDictionary(m => (string)m!["name"]!, m => (string)m!["mountPath"]!);
        Assert.All(mounts.Keys, name => Assert.Contains(name, volumes));
        Assert.Equal("/var/lib/actorload", mounts["data"]);

        var secret = Secret((string)pod["volumes"]!.AsArray().Single(v => (string)v!["name"]! == "tls")!["secret"]!["secretName"]!);
        Assert.All([node.TlsCert!, node.TlsKey!, node.TlsCa!], file =>
        {
            Assert.Equal(mounts["tls"], Path.GetDirectoryName(file));
            Assert.Contains(Path.GetFileName(file), secret.Keys);
        });
        var token = Variable(Set(kind), "ACTORLOAD_NODE_TOKEN")["valueFrom"]!["secretKeyRef"]!;
        Assert.Contains((string)token["key"]!, Secret((string)token["name"]!).Keys);
    }

    [Fact]
    public void Secrets_come_from_files_that_the_first_lines_make_and_git_ignores()
    {
        var text = Repository.Text(Folder + "kustomization.yaml");
        Assert.Contains("make-certificates.sh secrets node\n", text, StringComparison.Ordinal);
        Assert.Contains("openssl rand -hex 24 | tr -d '\\n' > secrets/token\n", text, StringComparison.Ordinal);
        Assert.Equal(["node.crt", "node.key", "ca.crt"], Secret("actorload-tls").Values.Select(Path.GetFileName));
        Assert.Contains("deploy/kubernetes/secrets/\n", Repository.Text(".gitignore"), StringComparison.Ordinal);
        Assert.DoesNotContain(Objects, o => (string)o["kind"]! == "Secret");
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_image_is_the_one_of_this_version_and_runs_as_nobody_special(string kind)
    {
        var image = Assert.Single(Kustomization["images"]!.AsArray())!;
        Assert.Equal((string)image["name"]!, (string)Container(kind)["image"]!);
        Assert.Equal(Repository.Version, (string?)image["newTag"]);
        var security = Set(kind)["spec"]!["template"]!["spec"]!["securityContext"]!;
        Assert.True((bool)security["runAsNonRoot"]!);
        Assert.NotEqual(0, (int)security["runAsUser"]!);
    }

    private static NodeOptions Node(string kind)
    {
        var container = Container(kind);
        var environment = container["env"]!.AsArray().ToDictionary(
            e => (string)e!["name"]!, e => e!["value"]?.GetValue<string>() ?? "from-elsewhere");
        return CommandLines.Node(Texts(container["args"]!), environment);
    }

    private static JsonNode Variable(JsonNode set, string name) =>
        set["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!.AsArray().Single(e => (string)e!["name"]! == name)!;

    private static Dictionary<string, string> Secret(string name) =>
        Texts(Kustomization["secretGenerator"]!.AsArray().Single(s => (string)s!["name"]! == name)!["files"]!)
            .Select(f => f.Split('=')).ToDictionary(f => f[0], f => f[1]);

    private static JsonNode Container(string kind) => Assert.Single(Set(kind)["spec"]!["template"]!["spec"]!["containers"]!.AsArray())!;

    private static JsonNode Set(string kind) => kind == "StatefulSet" ? Coordinators : Workers;

    private static JsonNode Named(string kind, string name) =>
        Assert.Single(Objects, o => (string)o["kind"]! == kind && (string)o["metadata"]!["name"]! == name);

    // A number or flag where Kubernetes wants a text fails here as it would there.
    private static string[] Texts(JsonNode list) => [.. list.AsArray().Select(t => t!.GetValue<string>())];
}
