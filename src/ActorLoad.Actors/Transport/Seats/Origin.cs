namespace ActorLoad.Actors.Transport.Seats;

/// <summary>Scheme, host and port: what a connection is for.</summary>
internal readonly record struct Origin(string Scheme, string Host, int Port)
{
    /// <param name="url">Absolute; its host is in lower case already.</param>
    public Origin(Uri url) : this(url.Scheme, url.IdnHost, url.Port)
    {
    }
}
