namespace ActorLoad.Actors.Transport.Seats;

/// <summary>Decides which stream goes over which connection. Thread-safe.</summary>
internal interface ISeatSource : IDisposable
{
    ISeat Take(Uri url);

    /// <summary>The seat for the next hop of a redirect: the same one where it leads there, else a new one in its place.</summary>
    ISeat Move(ISeat seat, Uri from, Uri to);
}
