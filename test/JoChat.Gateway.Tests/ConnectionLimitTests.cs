using System.Net;
using JoChat.Actors;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace JoChat.Gateway.Tests;

/// <summary>How many connections there may be at a time, and what is told of those that are closed.</summary>
public sealed class ConnectionLimitTests : IDisposable
{
    private readonly LogLines _log = new();
    private readonly TestClock _clock = new();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Admission?> _cut = [];
    private int _served;

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(1000, null, 1000)]
    [InlineData(1000, 1512, 1000)]
    [InlineData(1000, 1511, 999)]
    [InlineData(1000, 100, 1)]
    public void There_are_never_more_than_the_limit_of_open_files_allows(int wish, int? openFiles, int most)
    {
        Assert.Equal(most, Limit(wish, openFiles).Most);
    }

    [Fact]
    public async Task A_connection_is_served_while_there_is_room_and_gives_its_place_back()
    {
        var limit = Limit(2);
        var first = limit.Guard(ServeAsync)(new DefaultConnectionContext());
        await limit.Guard(ServeAsync)(new DefaultConnectionContext()); // of the same address, which may have half
        Assert.Equal(1, _served);

        _end.SetResult();
        await first;
        await limit.Guard(ServeAsync)(new DefaultConnectionContext());

        Assert.Equal(2, _served);
    }

    [Fact]
    public void Where_all_are_logged_in_one_more_is_closed_until_one_has_ended()
    {
        var limit = Limit(2);
        var members = new[] { Enter(limit, 1)!, Enter(limit, 2)! };
        foreach (var member in members) { member.Become(isGuest: false); }

        Assert.Null(Enter(limit, 3));
        limit.Leave(members[0]);
        Assert.NotNull(Enter(limit, 3));

        Assert.Empty(_cut);
    }

    [Fact]
    public void One_more_takes_the_place_of_the_oldest_guest_of_the_address_that_has_most()
    {
        var limit = Limit(6);
        var (first, second) = (Enter(limit, 1), Enter(limit, 1));
        Enter(limit, 1);
        Enter(limit, 2);
        Enter(limit, 2);
        Enter(limit, 3)!.Become(isGuest: false);

        Assert.NotNull(Enter(limit, 4));
        Assert.NotNull(Enter(limit, 5)); // now 1 and 2 have two each

        Assert.Equal([first, second], _cut);
        Assert.Null(Enter(limit, 2)); // it has as many as any
    }

    [Fact]
    public void Guests_are_bounded_by_themselves_and_who_logs_out_is_one_again()
    {
        var limit = Limit(new GatewayOptions { MaxGuests = 2 });
        var first = Enter(limit, 1)!;
        first.Become(isGuest: false);
        var guests = new[] { Enter(limit, 1), Enter(limit, 1) };

        Assert.Null(Enter(limit, 1));
        limit.Leave(guests[0]!);
        first.Become(isGuest: true);
        Assert.Null(Enter(limit, 1));

        Assert.Equal("Warning 1 more connections were closed: 2 are without a login, as many as jochat.gateway.max-guests "
            + "allows", Assert.Single(_log.Lines));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:0:1::7", "2001:db8:0:1:8::9", true)]
    [InlineData("2001:db8:0:1::7", "2001:db8:0:2::7", false)]
    public void An_address_has_so_many_of_IPv6_with_all_that_share_its_first_half(string one, string other, bool isSame)
    {
        var limit = Limit(new GatewayOptions { MaxConnectionsPerAddress = 1 });
        Assert.NotNull(Enter(limit, IPAddress.Parse(one)));

        Assert.Equal(isSame, Enter(limit, IPAddress.Parse(other)) is null);

        if (!isSame) { return; }
        Assert.EndsWith("as many as jochat.gateway.max-connections-per-address allows", Assert.Single(_log.Lines),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, 4)]
    [InlineData(8, 8)] // somebody says that one may have all
    public void No_address_has_more_than_half_of_all_unless_it_may_have_all(int perAddress, int most)
    {
        var limit = Limit(new GatewayOptions { MaxConnections = 8, MaxConnectionsPerAddress = perAddress });

        var entered = Enumerable.Range(0, 9).Count(_ => Enter(limit, 1) is not null);

        Assert.Equal(most, entered);
    }

    [Fact]
    public void A_connection_that_a_proxy_passes_on_counts_for_its_client()
    {
        var limit = Limit(new GatewayOptions { MaxConnectionsPerAddress = 1 });
        var passedOn = new[] { Enter(limit, 9, isProxy: true)!, Enter(limit, 9, isProxy: true)! };

        Assert.True(passedOn[0].TryMoveTo(Address(1)));
        Assert.False(passedOn[1].TryMoveTo(Address(1)));

        Assert.Null(Enter(limit, 1));
    }

    [Fact]
    public void An_address_opens_so_many_a_second_and_ten_times_as_many_at_once()
    {
        var limit = Limit(new GatewayOptions { ConnectionsPerSecond = 2 });

        for (var i = 0; i < 20; i++) { Assert.True(limit.MayOpen(Address(1))); }
        for (var i = 0; i < 100; i++) { Assert.False(limit.MayOpen(Address(1))); } // those that are closed do not count
        Assert.True(limit.MayOpen(Address(2)));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(limit.MayOpen(Address(1)));
        Assert.True(limit.MayOpen(Address(1)));
        Assert.False(limit.MayOpen(Address(1)));
        Assert.Equal("Warning 1 more connections were closed: 2 came from 192.0.2.1 in a second, as many as "
            + "jochat.gateway.connections-per-second allows", _log.Lines.First());
    }

    [Fact]
    public void Of_closed_connections_one_line_a_minute_is_logged_that_counts_them()
    {
        var limit = Limit(1);
        Enter(limit, 1)!.Become(isGuest: false);

        for (var i = 0; i < 3; i++) { Enter(limit, 2); }
        _clock.Advance(TimeSpan.FromMinutes(1));
        Enter(limit, 2);

        Assert.Equal(
        [
            "Warning 1 more connections were closed: 1 are open, as many as jochat.gateway.max-connections allows",
            "Warning 3 more connections were closed: 1 are open, as many as jochat.gateway.max-connections allows",
        ], _log.Lines);
    }

    [Fact]
    public void The_line_names_the_limit_that_was_reached()
    {
        var limit = Limit(5, openFiles: 513);
        Enter(limit, 1)!.Become(isGuest: false);

        Enter(limit, 2);

        Assert.EndsWith("as many as the limit of open files (ulimit -n, LimitNOFILE) allows", Assert.Single(_log.Lines),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_wish_for_more_than_the_limit_of_open_files_allows_is_warned_of()
    {
        Limit(60_000, openFiles: 20_512).CheckWish();

        Assert.Equal("Warning jochat.gateway.max-connections is 60000, but the limit of open files (ulimit -n, "
            + "LimitNOFILE) allows 20000", Assert.Single(_log.Lines));
    }

    [Fact]
    public void The_default_is_no_wish()
    {
        Limit(new GatewayOptions().MaxConnections, openFiles: 1000).CheckWish();

        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData("Max open files            1024                 524288               files     ", 1024)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             7                    7                    processes ", null)]
    public void The_limit_in_force_is_read_as_Linux_tells_it(string line, int? limit)
    {
        Assert.Equal(limit, OpenFiles.Parse(["Limit     Soft Limit    Hard Limit    Units", line]));
    }

    private static ClientAddress Address(byte last) => PeerAddress.Of(new IPAddress([192, 0, 2, last]));

    private Admission? Enter(ConnectionLimit limit, byte last, bool isProxy = false) =>
        Enter(limit, Address(last), isProxy);

    private Admission? Enter(ConnectionLimit limit, IPAddress address) => Enter(limit, PeerAddress.Of(address), false);

    private Admission? Enter(ConnectionLimit limit, ClientAddress address, bool isProxy)
    {
        Admission admission = null!;
        admission = new Admission(address, limit, () => _cut.Add(admission)) { IsProxy = isProxy };
        return limit.TryEnter(admission) ? admission : null;
    }

    private ConnectionLimit Limit(int wish, int? openFiles = null) =>
        Limit(new GatewayOptions { MaxConnections = wish, MaxConnectionsPerAddress = Math.Max(wish - 1, 1) }, openFiles);

    private ConnectionLimit Limit(GatewayOptions options, int? openFiles = null) =>
        new(options, openFiles, _clock, new Logger<ConnectionLimit>(new LoggerFactory([_log])));

    private Task ServeAsync(ConnectionContext connection)
    {
        _served++;
        return _end.Task;
    }
}
