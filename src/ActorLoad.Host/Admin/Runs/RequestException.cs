namespace ActorLoad.Host.Admin.Runs;

/// <summary>A request that gets another status than success; the message is one sentence for whoever sent it.</summary>
internal sealed class RequestException(int status, string message) : Exception(message)
{
    public int Status => status;
}
