using ActorLoad.Host.Node;
using Akka.Remote;
using Serilog.Events;
using Serilog.Parsing;

namespace ActorLoad.Host.Tests.Node;

/// <summary>What an operator gets to see of nodes that die, and of defects.</summary>
public sealed class NodeLogTests
{
    [Theory]
    [InlineData("Association with remote system x has failed. Reason is: [Akka.Remote.EndpointDisassociatedException: Disassociated\n   at A\n   at B]",
        "[12:34:56 WRN] Association with remote system x has failed. Reason is: [Akka.Remote.EndpointDisassociatedException: Disassociated\n")]
    [InlineData("two\nlines", "[12:34:56 WRN] two\nlines\n")]
    public void Stack_traces_of_remoting_are_cut_off_and_nothing_else(string message, string line) => Assert.Equal(line, Formatted(message, null));

    [Fact]
    public void An_exception_of_remoting_is_one_line_and_any_other_is_whole()
    {
        Assert.Equal("[12:34:56 WRN] gone\n  RemoteTransportException: no way\n", Formatted("gone", Thrown(new RemoteTransportException("no way"))));
        var defect = Thrown(new InvalidOperationException("a defect"));
        Assert.Equal($"[12:34:56 WRN] gone\n{defect}\n", Formatted("gone", defect));
        Assert.Contains(nameof(Thrown), Formatted("gone", defect), StringComparison.Ordinal);
    }

    private static string Formatted(string message, Exception? exception)
    {
        var writer = new StringWriter { NewLine = "\n" };
        var at = new DateTimeOffset(2026, 1, 2, 12, 34, 56, TimeSpan.Zero);
        new NodeLogFormat().Format(
            new LogEvent(at, LogEventLevel.Warning, exception, new MessageTemplateParser().Parse("{Text}"), [new LogEventProperty("Text", new ScalarValue(message))]),
            writer);
        return writer.ToString();
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
