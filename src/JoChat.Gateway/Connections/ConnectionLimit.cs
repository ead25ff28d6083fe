using Microsoft.AspNetCore.Connections;

namespace JoChat.Gateway;

/// <summary>Bounds the connections of all ports together. One more is closed at once.</summary>
internal sealed class ConnectionLimit(int most)
{
    private int _open;

    /// <summary>Lets connections through to <paramref name="next"/> while there is room.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => connection => ServeAsync(connection, next);

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= most) { await next(connection); }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
