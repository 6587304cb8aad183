using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using ActorLoad.Host.Reports;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Tests.Reports;

public sealed class JunitReportTests
{
    private static readonly Threshold Held = new("tasks_failed", "rate < 1%", "rate", "<", 0.01);
    private static readonly Threshold Crossed = new("task_time", "p99 < 1ms", "p99", "<", 1) { UserType = "writer", Task = "post" };
    private static readonly Threshold Empty = new("delivery_latency", "p99 < 1s", "p99", "<", 1000);

    private static Summary Sample(StopReason reason = StopReason.Completed, params Threshold[] thresholds) =>
        SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals(), reason, "out of <sockets>"), SampleRun.Scenario(thresholds));

    private static XElement Suite(Summary summary)
    {
        var document = Valid(JunitReport.Render(summary));
        return Assert.Single(document.Root!.Elements("testsuite"));
    }

    private static string[] Names(XElement suite, string element) =>
        [.. suite.Elements("testcase").Where(c => c.Element(element) is not null).Select(c => $"{c.Attribute("classname")!.Value}: {c.Attribute("name")!.Value}")];

    [Fact]
    public void A_run_and_its_thresholds_are_test_cases()
    {
        var suite = Suite(Sample(StopReason.Completed, Held, Crossed, Empty));
        Assert.Equal(
            ["orders: run", "orders: tasks_failed rate < 1%", "orders.users.writer.tasks.post: task_time p99 < 1ms", "orders: delivery_latency p99 < 1s"],
            suite.Elements("testcase").Select(c => $"{c.Attribute("classname")!.Value}: {c.Attribute("name")!.Value}"));
        Assert.Equal(["orders.users.writer.tasks.post: task_time p99 < 1ms", "orders: delivery_latency p99 < 1s"], Names(suite, "failure"));
        Assert.Empty(Names(suite, "error"));
        Assert.Equal(
            ("orders", "4", "2", "0", "12", "2026-03-01T12:00:00", "127.0.0.1:4053"),
            (Of("name"), Of("tests"), Of("failures"), Of("errors"), Of("time"), Of("timestamp"), Of("hostname")));
        var value = Sample(StopReason.Completed, Crossed).Thresholds[0].Shown;
        var failures = suite.Descendants("failure").ToList();
        Assert.Equal(($"measured {value}", "measured no samples"), (failures[0].Attribute("message")!.Value, failures[1].Attribute("message")!.Value));
        Assert.Equal($"users.writer.tasks.post.task_time 'p99 < 1ms' was crossed: measured {value}", failures[0].Value);

        string Of(string attribute) => suite.Attribute(attribute)!.Value;
    }

    [Theory]
    [InlineData(StopReason.WorkerFailed, "failed", "out of <sockets>")]
    [InlineData(StopReason.Interrupted, "interrupted", "interrupted after 12.0s (out of <sockets>); the numbers cover the time until then")]
    public void A_run_that_did_not_run_to_its_end_is_an_error(StopReason reason, string type, string message)
    {
        var suite = Suite(Sample(reason, Held));
        var error = Assert.Single(suite.Descendants("error"));
        Assert.Equal(["orders: run"], Names(suite, "error"));
        Assert.Equal((type, message, "1"), (error.Attribute("type")!.Value, error.Attribute("message")!.Value, suite.Attribute("errors")!.Value));
    }

    [Fact]
    public void Properties_tell_the_verdict_and_every_doubt()
    {
        var summary = SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario(Crossed), ["busy", "busier"]);
        var suite = Suite(summary);
        Assert.Equal(
            [
                ("run", summary.Run.Id), ("status", "thresholds-crossed"), ("exit-code", "99"), ("trusted", "false"),
                ("untrusted-reason", "busy"), ("untrusted-reason", "busier"), ("node", "127.0.0.1:4053"),
            ],
            suite.Descendants("property").Select(p => (p.Attribute("name")!.Value, p.Attribute("value")!.Value)));
        Assert.Equal("results not trustworthy: busy; busier", suite.Element("system-err")!.Value);
        Assert.Equal(summary.Run.Reason, suite.Element("system-out")!.Value);
    }

    [Fact]
    public void Names_that_XML_cannot_hold_or_would_misread_do_no_harm()
    {
        const string evil = "a<b>&\"c\"'d'\u0001\u0000\uD800]]>\uFFFF\e[2J";
        const string harmless = "a<b>&\"c\"'d']]>[2J";
        var sample = Sample(StopReason.WorkerFailed, Crossed);
        var summary = sample with
        {
            Run = sample.Run with { Scenario = evil, Reason = evil, UntrustedReasons = [evil], Trusted = false, Nodes = [evil], Id = evil },
            Thresholds = [sample.Thresholds[0] with { Metric = evil, Scope = evil, Expression = evil, Note = evil, Value = null }],
        };
        var suite = Suite(summary);
        Assert.Equal(harmless, suite.Attribute("name")!.Value);
        Assert.Equal($"{harmless}.{harmless}: {harmless} {harmless}", Assert.Single(Names(suite, "failure")));
        Assert.Equal(harmless, suite.Element("system-out")!.Value);
    }

    [Fact]
    public void The_text_says_the_encoding_in_which_it_is_printed_and_ends_with_a_line_feed()
    {
        var text = JunitReport.Render(Sample());
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites>\n  <testsuite ", text, StringComparison.Ordinal);
        Assert.EndsWith("</testsuites>\n", text, StringComparison.Ordinal);
    }

    private static XDocument Valid(string text)
    {
        var schemas = new XmlSchemaSet();
        using (var schema = XmlReader.Create(new StringReader(Schema)))
        {
            schemas.Add(null, schema);
        }

        var document = XDocument.Parse(text);
        document.Validate(schemas, (_, e) => Assert.Fail($"{e.Message}\n{text}"));
        return document;
    }

    /// <summary>What the schemas of Ant (JUnit.xsd) and of Jenkins (jenkins-junit.xsd) have in common: order, attributes, types.</summary>
    private const string Schema =
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:simpleType name="time"><xs:restriction base="xs:dateTime"><xs:pattern value="[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"/></xs:restriction></xs:simpleType>
          <xs:simpleType name="name"><xs:restriction base="xs:token"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
          <xs:complexType name="complaint"><xs:simpleContent><xs:extension base="xs:string">
            <xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string" use="required"/>
          </xs:extension></xs:simpleContent></xs:complexType>
          <xs:element name="testsuites"><xs:complexType><xs:sequence>
            <xs:element name="testsuite" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
              <xs:element name="properties"><xs:complexType><xs:sequence>
                <xs:element name="property" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
                  <xs:attribute name="name" type="name" use="required"/><xs:attribute name="value" type="xs:string" use="required"/>
                </xs:complexType></xs:element>
              </xs:sequence></xs:complexType></xs:element>
              <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
                <xs:choice minOccurs="0"><xs:element name="error" type="complaint"/><xs:element name="failure" type="complaint"/></xs:choice>
                <xs:attribute name="name" type="xs:token" use="required"/><xs:attribute name="classname" type="xs:token" use="required"/>
                <xs:attribute name="time" type="xs:decimal" use="required"/>
              </xs:complexType></xs:element>
              <xs:element name="system-out" type="xs:string"/><xs:element name="system-err" type="xs:string"/>
            </xs:sequence>
              <xs:attribute name="id" type="xs:int" use="required"/><xs:attribute name="package" type="xs:token" use="required"/>
              <xs:attribute name="name" type="name" use="required"/><xs:attribute name="timestamp" type="time" use="required"/>
              <xs:attribute name="hostname" type="name" use="required"/><xs:attribute name="tests" type="xs:int" use="required"/>
              <xs:attribute name="failures" type="xs:int" use="required"/><xs:attribute name="errors" type="xs:int" use="required"/>
              <xs:attribute name="time" type="xs:decimal" use="required"/>
            </xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """;
}
