using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace JoChat.Gateway.Tests;

/// <summary>How many connections there may be at a time, and what is told of those that are closed.</summary>
public sealed class ConnectionLimitTests : IDisposable
{
    private readonly LogLines _log = new();
    private readonly TestClock _clock = new();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
    public async Task One_more_is_not_served_until_one_has_ended()
    {
        var guard = Limit(2).Guard(ServeAsync);
        var open = new[] { guard(new DefaultConnectionContext()), guard(new DefaultConnectionContext()) };

        await guard(new DefaultConnectionContext());
        Assert.Equal(2, _served);
        _end.SetResult();
        await Task.WhenAll(open);
        await guard(new DefaultConnectionContext());

        Assert.Equal(3, _served);
    }

    [Fact]
    public async Task Of_closed_connections_one_line_a_minute_is_logged_that_counts_them()
    {
        var guard = Limit(1).Guard(ServeAsync);
        _ = guard(new DefaultConnectionContext());

        for (var i = 0; i < 3; i++) { await guard(new DefaultConnectionContext()); }
        _clock.Advance(TimeSpan.FromMinutes(1));
        await guard(new DefaultConnectionContext());

        Assert.Equal(
        [
            "Warning 1 more connections were closed: 1 are open, as many as jochat.gateway.max-connections allows",
            "Warning 3 more connections were closed: 1 are open, as many as jochat.gateway.max-connections allows",
        ], _log.Lines);
    }

    [Fact]
    public async Task The_line_names_the_limit_that_was_reached()
    {
        var guard = Limit(5, openFiles: 513).Guard(ServeAsync);
        _ = guard(new DefaultConnectionContext());

        await guard(new DefaultConnectionContext());

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

    private ConnectionLimit Limit(int wish, int? openFiles = null) =>
        new(new GatewayOptions { MaxConnections = wish }, openFiles, _clock,
            new Logger<ConnectionLimit>(new LoggerFactory([_log])));

    private Task ServeAsync(ConnectionContext connection)
    {
        _served++;
        return _end.Task;
    }
}
