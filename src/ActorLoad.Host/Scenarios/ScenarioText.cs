using System.Globalization;
using ActorLoad.Host.Scenarios.Reading;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>A scenario written back as HOCON, complete with defaults: what the run folder keeps. It can be run again.</summary>
public static class ScenarioText
{
    private const string Masked = "\"***\"";

    /// <summary>Secret templates are written as <c>***</c>.</summary>
    public static string Write(Scenario scenario) =>
        Write(scenario, new HashSet<object>(ReferenceEqualityComparer.Instance));

    /// <param name="secrets">Texts and URLs, by reference, to be written as <c>***</c> as well.</param>
    internal static string Write(Scenario scenario, IReadOnlySet<object> secrets)
    {
        var writer = new HoconWriter();
        string Text(string text) => secrets.Contains(text) ? Masked : HoconWriter.Quote(text);
        string Url(Uri? url) => url is null ? "\"\"" : secrets.Contains(url) ? Masked : HoconWriter.Quote(WithoutPassword(url));

        writer.Block("scenario", () =>
        {
            writer.Set("name", Text(scenario.Name));
            writer.Set("base-url", Url(scenario.BaseUrl));
            writer.Set("graceful-stop", Units.Text(scenario.GracefulStop));
            writer.Block("clock", () => Clock(writer, scenario.Clock, Text));
            ClusterText.Write(writer, scenario.Cluster);
            FeedText.Write(writer, scenario.Feeds, Text);
            writer.Block("http", () => Http(writer, scenario.Http, Text, Url));
            writer.Block("load", () => Load(writer, scenario.Load));
            writer.Block("users", () =>
            {
                var steps = new StepText(writer, Text);
                foreach (var type in scenario.UserTypes)
                {
                    writer.Block(type.Name, () => UserType(writer, type, steps));
                }
            });
            EventsText.Write(writer, scenario.EventsAt, Text);
            writer.Block("thresholds", () => ThresholdLines.Write(writer, scenario.Thresholds, Text));
        });
        return writer.ToString();
    }

    internal static string WithoutPassword(Uri url) => url.UserInfo.Length == 0
        ? url.OriginalString
        : url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);

    internal static void Pairs(HoconWriter writer, string key, IReadOnlyList<HeaderTemplate> pairs)
    {
        if (pairs.Count > 0)
        {
            writer.Block(key, () =>
            {
                foreach (var pair in pairs)
                {
                    writer.Set(pair.Name, HoconWriter.Quote(pair.Value.ToString()));
                }
            });
        }
    }

    private static void Http(HoconWriter writer, HttpSettings http, Func<string, string> text, Func<Uri?, string> url)
    {
        writer.Set("version", HoconWriter.Quote(http.Version));
        writer.Set("streams-per-connection", http.StreamsPerConnection.ToString(CultureInfo.InvariantCulture));
        writer.Set("source-addresses", $"[{string.Join(", ", http.SourceAddresses.Select(text))}]");
        if (http.Resolve.Count > 0)
        {
            writer.Block("resolve", () =>
            {
                foreach (var (host, address) in http.Resolve)
                {
                    writer.Set(host, text(address));
                }
            });
        }

        writer.Set("connect-timeout", Units.Text(http.ConnectTimeout));
        writer.Set("header-timeout", Units.Text(http.HeaderTimeout));
        writer.Set("max-connecting", http.MaxConnecting.ToString(CultureInfo.InvariantCulture));
        writer.Set("compression", http.Compression ? "true" : "false");
        writer.Set("cookies", http.Cookies ? "true" : "false");
        writer.Set("proxy", url(http.Proxy));
        Pairs(writer, "headers", http.Headers);
        writer.Block("tls", () =>
        {
            writer.Set("ca-file", text(http.Tls.CaFile));
            writer.Set("client-cert-file", text(http.Tls.ClientCertFile));
            writer.Set("client-key-file", text(http.Tls.ClientKeyFile));
            writer.Set("server-name", text(http.Tls.ServerName));
            writer.Set("insecure", http.Tls.Insecure ? "true" : "false");
        });
    }

    private static void Clock(HoconWriter writer, ClockSettings clock, Func<string, string> text)
    {
        writer.Set("source", clock.UseTarget ? "target" : "local");
        writer.Set("path", text(clock.Path));
        writer.Set("field", text(clock.Field));
        writer.Set("format", FailureNames.Join(clock.Format.ToString(), '-'));
        writer.Set("probes", clock.Probes.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A capped plan is written as the shorter plan that it is.</summary>
    private static void Load(HoconWriter writer, LoadPlan load)
    {
        if (load.Model == LoadModel.Open)
        {
            OpenLoadText.Write(writer, load);
            return;
        }

        writer.Set("model", "closed");
        writer.List("stages", () =>
        {
            foreach (var stage in load.Stages.Where(s => s.Start < load.Duration))
            {
                var length = stage.End <= load.Duration ? stage.Duration : load.Duration - stage.Start;
                var share = stage.Duration == TimeSpan.Zero ? 1 : length / stage.Duration;
                var users = (int)Math.Round(stage.From + ((stage.To - stage.From) * share));
                writer.Line($"{{ duration = {Units.Text(length)}, users = {users} }}");
            }
        });
    }

    private static void UserType(HoconWriter writer, UserType type, StepText steps)
    {
        writer.Set("weight", type.Weight.ToString(CultureInfo.InvariantCulture));
        writer.Set("wait", StepText.Range(type.Wait));
        if (type.Iterations > 0)
        {
            writer.Set("iterations", type.Iterations.ToString(CultureInfo.InvariantCulture));
        }

        if (type.Lifetime is { } lifetime)
        {
            writer.Set("lifetime", StepText.Range(lifetime));
        }

        writer.Set("on-leave", FailureNames.Join(type.OnLeave.ToString(), '-'));
        steps.Write("on-start", type.OnStart);
        steps.Write("on-stop", type.OnStop);
        writer.Block("tasks", () =>
        {
            foreach (var task in type.Tasks)
            {
                writer.Block(task.Name, () =>
                {
                    writer.Set("weight", task.Weight.ToString(CultureInfo.InvariantCulture));
                    steps.Write("steps", task.Steps);
                });
            }
        });
    }
}
