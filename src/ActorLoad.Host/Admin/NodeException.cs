using System.Net;

namespace ActorLoad.Host.Admin;

/// <summary>A node could not be asked, or refused; the message is one sentence for the operator.</summary>
/// <param name="status">What it answered; null when it did not answer at all, or with something that no node would say.</param>
internal sealed class NodeException(string message, HttpStatusCode? status = null) : Exception(message)
{
    public HttpStatusCode? Status => status;

    /// <summary>Nobody can say whether what was sent has been done: it went out, and no answer came back that would tell.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>Another node may do better.</summary>
    public bool IsOfTheNode => status is null or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
