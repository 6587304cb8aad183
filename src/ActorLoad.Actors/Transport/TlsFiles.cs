using ActorLoad.Actors.Transport.Dialing;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Transport;

/// <summary>Looks at the certificate files of a scenario before anybody runs it.</summary>
public static class TlsFiles
{
    /// <returns>Which file cannot be used, and why; null when all can.</returns>
    public static string? ProblemWith(TlsSettings settings)
    {
        try
        {
            _ = new TlsOptions(settings, http2: false);
            return null;
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }
}
