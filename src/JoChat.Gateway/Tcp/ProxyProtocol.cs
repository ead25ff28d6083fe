using System.Net;
using Microsoft.AspNetCore.Connections;

namespace JoChat.Gateway;

/// <summary>Takes the address of a client from the header that a trusted proxy puts before its bytes. A connection of
/// such a proxy without one is the proxy's own, as of a health check.</summary>
internal sealed class ProxyProtocol(TrustedProxies proxies, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Reads the header, then lets the connection through.</summary>
    public ConnectionDelegate Read(ConnectionDelegate next) => connection =>
        proxies.Include((connection.RemoteEndPoint as IPEndPoint)?.Address) ? ServeAsync(connection, next) : next(connection);

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (await MayGoOnAsync(connection)) { await next(connection); }
    }

    private async Task<bool> MayGoOnAsync(ConnectionContext connection)
    {
        using var enough = new CancellationTokenSource(timeout, time);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(enough.Token);
                var rest = read.Buffer;
                var status = ProxyHeader.Read(ref rest, out var client);
                var isMore = status is ProxyHeaderStatus.Incomplete;
                input.AdvanceTo(rest.Start, isMore ? rest.End : rest.Start);
                if (status is ProxyHeaderStatus.Invalid || (isMore && read.IsCompleted)) { return false; }
                if (isMore) { continue; }
                if (client is null) { return true; }
                connection.RemoteEndPoint = client;
                return connection.Features.Get<Admission>()!.TryMoveTo(PeerAddress.Of(client.Address));
            }
        }
        catch (Exception fault) when (ConnectionFault.IsExpected(fault))
        {
            return false; // it is gone, or was too slow
        }
    }
}
