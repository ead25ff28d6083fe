using System.Net;
using JoChat.Actors;
using Microsoft.AspNetCore.Connections;

namespace JoChat.Gateway;

/// <summary>Bounds the connections of all ports together: in all, of one address, which may not open them too fast
/// either, and of guests. One more is closed at
/// once, of which a line a minute is logged. But where there is no room in all, it takes the place of the oldest guest
/// of the address that has most of them: who opens many shuts out nobody else.</summary>
/// <remarks>The bound is also kept below the number of files that the process may open. Without a free descriptor the
/// transport could not accept a connection even to close it, and tries again and again without a pause.</remarks>
internal sealed partial class ConnectionLimit(
    Changeable<GatewayOptions> options, int? openFiles, TimeProvider time, ILogger<ConnectionLimit> logger)
{
    private const int SpareFiles = 512; // the program's own, some 200, and connections that are just being closed
    private const int BurstSeconds = 10;
    private static readonly TimeSpan LinePause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();

    // Under the lock.
    private readonly Dictionary<ClientAddress, AddressShare> _shares = [];

    private readonly RateLimit<ClientAddress> _opened = new(options.Of(RateOf), time);

    private int _open, _guests;
    private int _untold;
    private long? _toldAt;

    /// <summary>How many are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Counts those that are closed; null if nothing is measured.</summary>
    public CountsBy<ConnectionRefusal>? Refusals { get; init; }

    /// <summary>Most connections at a time.</summary>
    public int Most => Math.Min(options.Value.MaxConnections, Affordable(openFiles));

    // No address alone takes all, unless somebody says that it may.
    private int MostOfAddress => options.Value is var now && now.MaxConnectionsPerAddress >= now.MaxConnections
        ? Most : Math.Min(now.MaxConnectionsPerAddress, Math.Max(Most / 2, 1));

    /// <summary>Warns if more was wished for than can be.</summary>
    public void CheckWish()
    {
        var (wish, most) = (options.Value.MaxConnections, Most);
        if (wish != new GatewayOptions().MaxConnections && most < wish) { Log.TooManyWished(logger, wish, most); }
    }

    /// <summary>Lets connections through to <paramref name="next"/> while there is room.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => connection => ServeAsync(connection, next);

    /// <summary>Counts that an address opens a connection.</summary>
    /// <returns>False if it opens them too fast.</returns>
    public bool MayOpen(ClientAddress address)
    {
        lock (_lock)
        {
            if (_opened.WaitOf(address) > TimeSpan.Zero)
            {
                NoteClosed(ConnectionRefusal.Rate, options.Value.ConnectionsPerSecond, $"came from {address} in a second",
                    "jochat.gateway.connections-per-second");
                return false;
            }
            _opened.Take(address);
            return true;
        }
    }

    /// <summary>Gives a connection a place.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryEnter(Admission admission)
    {
        Admission? displaced = null;
        lock (_lock)
        {
            var share = _shares.GetValueOrDefault(admission.Address) ?? new AddressShare();
            if (share.Open >= MostOfAddress && !admission.IsProxy)
            {
                NoteClosed(ConnectionRefusal.Address, share.Open, $"are from {admission.Address}",
                    "jochat.gateway.max-connections-per-address");
                return false;
            }
            if ((_open >= Most || _guests >= options.Value.MaxGuests) && (displaced = OldestOfMost(share)) is null)
            {
                NoteFull();
                return false;
            }
            if (displaced is not null)
            {
                Remove(displaced);
                Refusals?.Add(ConnectionRefusal.Displaced);
            }
            _shares[admission.Address] = share;
            (admission.Share, share.Open, _open) = (share, share.Open + 1, _open + 1);
            PlaceGuest(admission);
        }
        displaced?.Cut();
        return true;
    }

    /// <summary>Takes a connection's place back, if it has one.</summary>
    public void Leave(Admission admission)
    {
        lock (_lock) { Remove(admission); }
    }

    /// <summary>Counts a connection among the guests, or no more.</summary>
    public void CountGuest(Admission admission)
    {
        lock (_lock) { PlaceGuest(admission); }
    }

    private static Rate RateOf(GatewayOptions options) => new(
        BurstSeconds * options.ConnectionsPerSecond, TimeSpan.FromSeconds(1) / options.ConnectionsPerSecond);

    private static int Affordable(int? openFiles) =>
        openFiles is { } most ? Math.Max(most - SpareFiles, 1) : int.MaxValue;

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        var admission = new Admission(PeerAddress.Of(address), this, connection.Abort)
        {
            IsProxy = options.Value.Proxies.Include(address),
        };
        if (!TryEnter(admission)) { return; }
        try
        {
            connection.Features.Set(admission);
            await next(connection);
        }
        finally
        {
            Leave(admission);
        }
    }

    // Null if the newcomer's own address has as many guests as any.
    private Admission? OldestOfMost(AddressShare newcomers)
    {
        var most = _shares.Values.MaxBy(share => share.Guests.Count);
        return most?.Guests.Count > newcomers.Guests.Count ? most.Guests.First!.Value : null;
    }

    private void Remove(Admission admission)
    {
        if (admission.Share is not { } share) { return; }
        RemoveGuest(admission);
        (admission.Share, share.Open, _open) = (null, share.Open - 1, _open - 1);
        if (share.Open == 0) { _shares.Remove(admission.Address); }
    }

    private void PlaceGuest(Admission admission)
    {
        RemoveGuest(admission);
        if (!admission.IsGuest || admission.Share is null) { return; }
        admission.Place = admission.Share.Guests.AddLast(admission);
        _guests++;
    }

    private void RemoveGuest(Admission admission)
    {
        if (admission.Place is null) { return; }
        admission.Share!.Guests.Remove(admission.Place);
        admission.Place = null;
        _guests--;
    }

    private void NoteFull()
    {
        if (_open < Most)
        {
            NoteClosed(ConnectionRefusal.Guests, _guests, "are without a login", "jochat.gateway.max-guests");
            return;
        }
        var reason = Most == options.Value.MaxConnections
            ? "jochat.gateway.max-connections" : "the limit of open files (ulimit -n, LimitNOFILE)";
        NoteClosed(ConnectionRefusal.Total, _open, "are open", reason);
    }

    private void NoteClosed(ConnectionRefusal refusal, int count, string what, string reason)
    {
        Refusals?.Add(refusal);
        _untold++;
        if (_toldAt is { } last && time.GetElapsedTime(last) < LinePause) { return; }
        Log.Closed(logger, _untold, count, what, reason);
        (_untold, _toldAt) = (0, time.GetTimestamp());
    }

    private static partial class Log
    {
        [LoggerMessage(4031, LogLevel.Warning,
            "{Closed} more connections were closed: {Count} {What}, as many as {Reason} allows")]
        public static partial void Closed(ILogger logger, int closed, int count, string what, string reason);

        [LoggerMessage(4032, LogLevel.Warning,
            "jochat.gateway.max-connections is {Wish}, but the limit of open files (ulimit -n, LimitNOFILE) allows "
            + "{Most}")]
        public static partial void TooManyWished(ILogger logger, int wish, int most);
    }
}
