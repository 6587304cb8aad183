using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace ActorLoad.Host.Node;

/// <summary>A time, a level, a message; an exception with its stack trace, unless it comes from remoting: then in one line.</summary>
internal sealed class NodeLogFormat : ITextFormatter
{
    private readonly MessageTemplateTextFormatter _head = new("[{Timestamp:HH:mm:ss} {Level:u3}] ", CultureInfo.InvariantCulture);
    private readonly MessageTemplateTextFormatter _message = new("{Message:lj}", CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var isOfRemoting = IsOfRemoting(logEvent.Exception);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        _message.Format(logEvent, text);
        var message = text.ToString();
        if (message.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end && message.Contains("Akka.Remote.", StringComparison.Ordinal))
        {
            (message, isOfRemoting) = (message[..end].TrimEnd(), true);
        }

        _head.Format(logEvent, output);
        output.WriteLine(message);
        if (logEvent.Exception is { } exception)
        {
            output.WriteLine(isOfRemoting ? $"  {exception.GetType().Name}: {exception.Message}" : exception.ToString());
        }
    }

    private static bool IsOfRemoting(Exception? exception) =>
        exception?.GetType().Namespace?.StartsWith("Akka.Remote", StringComparison.Ordinal) == true;
}
