using Akka.Remote;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ActorLoad.Host.Node;

/// <summary>A node's log on standard error. Nodes that come, go and die are no defects: what remoting says of them is a line without a stack trace, or nothing.</summary>
internal static class NodeLog
{
    // Not public.
    private const string Disassociated = "Akka.Remote.EndpointDisassociatedException";

    public static Logger Create() => new LoggerConfiguration()
        .MinimumLevel.Is(LogEventLevel.Information)
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)

        // A start that failed is told in one sentence by whoever started it.
        .MinimumLevel.Override("Microsoft.Extensions.Hosting", LogEventLevel.Fatal)

        // Said a second time, as a warning that names the node.
        .Filter.ByExcluding(e => e.Exception?.GetType().FullName == Disassociated)

        // What it means is said by whoever started the node (NodeBindings).
        .Filter.ByExcluding(e => e.Exception is RemoteTransportException { Message: var message } && message.StartsWith("Failed to bind", StringComparison.Ordinal))
        .WriteTo.Console(new NodeLogFormat(), standardErrorFromLevel: LogEventLevel.Verbose)
        .CreateLogger();
}
