using System.Globalization;
using System.Text;
using System.Xml;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Verdicts;
using ActorLoad.Host.Reports.Wording;

namespace ActorLoad.Host.Reports;

/// <summary>
/// A summary as JUnit XML, the form that CI systems show: a testcase for the run itself and one for each threshold. There is no
/// standard; this is what the schemas of Ant and of Jenkins both accept.
/// </summary>
public static class JunitReport
{
    private const int MaxText = 2000;

    public static string Render(Summary summary)
    {
        using var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            Suite(xml, summary);
            xml.WriteEndElement();
        }

        return text + "\n";
    }

    private static void Suite(XmlWriter xml, Summary summary)
    {
        var run = summary.Run;
        xml.WriteStartElement("testsuite");
        Set(xml, "id", "0");
        Set(xml, "package", "actorload");
        Set(xml, "name", run.Scenario);
        Set(xml, "timestamp", run.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        Set(xml, "hostname", run.Nodes.Count > 0 ? run.Nodes[0] : "unknown");
        Set(xml, "tests", Number(summary.Thresholds.Count + 1));
        Set(xml, "failures", Number(summary.Thresholds.Count(t => !t.Passed)));
        Set(xml, "errors", Number(HasRun(run) ? 0 : 1));
        Set(xml, "time", Number(run.DurationSeconds));
        Properties(xml, run);
        RunCase(xml, run);
        foreach (var threshold in summary.Thresholds)
        {
            ThresholdCase(xml, run, threshold);
        }

        xml.WriteElementString("system-out", Clean(run.Reason));
        xml.WriteElementString("system-err", run.Trusted ? "" : Clean("results not trustworthy: " + string.Join("; ", run.UntrustedReasons)));
        xml.WriteEndElement();
    }

    private static void Properties(XmlWriter xml, SummaryRun run)
    {
        xml.WriteStartElement("properties");
        Property("run", run.Id);
        Property("status", StatusName(run.Status));
        Property("exit-code", Number(run.ExitCode));
        Property("trusted", run.Trusted ? "true" : "false");
        foreach (var reason in run.UntrustedReasons)
        {
            Property("untrusted-reason", reason);
        }

        foreach (var node in run.Nodes)
        {
            Property("node", node);
        }

        foreach (var mark in run.Marks ?? [])
        {
            Property("mark", MarkText.Of(mark));
        }

        xml.WriteEndElement();

        void Property(string name, string value)
        {
            xml.WriteStartElement("property");
            Set(xml, "name", name);
            Set(xml, "value", value);
            xml.WriteEndElement();
        }
    }

    private static void RunCase(XmlWriter xml, SummaryRun run)
    {
        Case(xml, run.Scenario, "run", run.DurationSeconds);
        if (!HasRun(run))
        {
            Complaint(xml, "error", run.Reason, StatusName(run.Status), run.Reason);
        }

        xml.WriteEndElement();
    }

    private static void ThresholdCase(XmlWriter xml, SummaryRun run, SummaryThreshold threshold)
    {
        var name = string.IsNullOrEmpty(threshold.Scope) ? run.Scenario : $"{run.Scenario}.{threshold.Scope}";
        Case(xml, name, $"{threshold.Metric} {threshold.Expression}", 0);
        if (!threshold.Passed)
        {
            Complaint(
                xml, "failure", $"measured {threshold.Shown}", "threshold", $"{threshold.Name} '{threshold.Expression}' was crossed: measured {threshold.Shown}");
        }

        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, string className, string name, double seconds)
    {
        xml.WriteStartElement("testcase");
        Set(xml, "classname", className);
        Set(xml, "name", name);
        Set(xml, "time", Number(seconds));
    }

    private static void Complaint(XmlWriter xml, string element, string message, string type, string text)
    {
        xml.WriteStartElement(element);
        Set(xml, "message", message);
        Set(xml, "type", type);
        xml.WriteString(Clean(text));
        xml.WriteEndElement();
    }

    /// <summary>A run whose thresholds were crossed has run well.</summary>
    private static bool HasRun(SummaryRun run) => run.Status is RunStatus.Passed or RunStatus.ThresholdsCrossed;

    private static string StatusName(RunStatus status) => status switch
    {
        RunStatus.Passed => "passed",
        RunStatus.ThresholdsCrossed => "thresholds-crossed",
        RunStatus.Failed => "failed",
        _ => "interrupted",
    };

    private static void Set(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Clean(value));

    /// <summary>XML has no way at all to write most control characters and lone surrogates; they go.</summary>
    private static string Clean(string text) => SafeText.Clean(text, MaxText);

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>So that the declaration names the encoding in which standard output is written.</summary>
    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
