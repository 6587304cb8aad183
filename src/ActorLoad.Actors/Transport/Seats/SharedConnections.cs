using System.Net.Http;

namespace ActorLoad.Actors.Transport.Seats;

/// <summary>
/// HTTP/2: so many streams share a connection. Each connection has a handler of its own, since one handler would put as many
/// streams as the server takes on its first connection. A new stream fills a connection that has room; the last one to leave
/// closes it. Where a server takes fewer streams per connection than asked for, the handler opens as many more connections as
/// are needed, and lets them go when they have been idle for a while.
/// </summary>
/// <param name="streamsPerConnection">At least 1.</param>
/// <param name="create">Makes a handler that keeps its connections.</param>
internal sealed class SharedConnections(int streamsPerConnection, Func<HttpMessageInvoker> create) : ISeatSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Origin, List<SharedConnection>> _withRoom = [];
    private readonly HashSet<SharedConnection> _all = [];
    private bool _disposed;

    public ISeat Take(Uri url)
    {
        var origin = new Origin(url);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_withRoom.TryGetValue(origin, out var withRoom))
            {
                _withRoom.Add(origin, withRoom = []);
            }

            var isNew = withRoom.Count == 0;
            if (isNew)
            {
                var created = new SharedConnection(origin, create());
                _all.Add(created);
                AddRoom(withRoom, created);
            }

            var connection = withRoom[^1];
            connection.Taken++;
            if (connection.Taken == streamsPerConnection)
            {
                RemoveRoom(withRoom, connection);
            }

            return new SharedSeat(this, connection, isNew);
        }
    }

    public ISeat Move(ISeat seat, Uri from, Uri to)
    {
        if (new Origin(from) == new Origin(to))
        {
            return seat;
        }

        seat.Dispose();
        var next = Take(to);
        if (next.Dials)
        {
            // The request goes on at once, within the turn of the hop before it: nobody would end the waiting of those who join.
            next.TurnHasCome();
        }

        return next;
    }

    /// <summary>Called once per seat.</summary>
    public void Leave(SharedConnection connection)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            var withRoom = _withRoom[connection.Origin];
            if (connection.Taken-- == streamsPerConnection)
            {
                AddRoom(withRoom, connection);
            }

            if (connection.Taken > 0)
            {
                return;
            }

            RemoveRoom(withRoom, connection);
            _all.Remove(connection);
        }

        connection.Invoker.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        foreach (var connection in _all)
        {
            connection.Invoker.Dispose();
        }
    }

    private static void AddRoom(List<SharedConnection> withRoom, SharedConnection connection)
    {
        connection.Place = withRoom.Count;
        withRoom.Add(connection);
    }

    // The last one takes the place that becomes free: no search, no shift.
    private static void RemoveRoom(List<SharedConnection> withRoom, SharedConnection connection)
    {
        var last = withRoom[^1];
        withRoom[connection.Place] = last;
        last.Place = connection.Place;
        withRoom.RemoveAt(withRoom.Count - 1);
    }
}
