using System.Net.Sockets;
using System.Text.Json;
using JoChat.Actors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JoChat.Gateway.Tests;

/// <summary>What connections keep in memory is bounded for all of them together.</summary>
public sealed class MemoryBudgetTests : IDisposable
{
    private const int Most = 100_000, Allowed = HeldMemory.Step;

    private static readonly ClientAddress Here = ClientAddress.OfVersion4(1), Elsewhere = ClientAddress.OfVersion4(2);

    private readonly LogLines _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _cut = [];
    private readonly MemoryBudget _budget;

    public MemoryBudgetTests() => _budget = new MemoryBudget(
        new GatewayOptions { MaxBufferedBytes = Most }, _time,
        new LoggerFactory([new Provider(_log)]).CreateLogger<MemoryBudget>());

    public void Dispose() => _log.Dispose();

    [Fact]
    public void What_most_connections_keep_is_not_counted()
    {
        for (var i = 0; i < 1000; i++) { Make("small").Add(Allowed); }

        Assert.Equal(0, _budget.Held);
    }

    [Fact]
    public void It_is_used_up_until_enough_is_given_back()
    {
        var (one, other) = (Make("one"), Make("other"));

        one.Add(Most / 2);
        other.Add((Most / 2) + 1);
        Assert.True(_budget.IsSpent);
        one.Add(-Most / 2);

        Assert.False(_budget.IsSpent);
        Assert.Equal((Most / 2) + 1, _budget.Held);
        Assert.Empty(_cut);
    }

    [Fact]
    public void Beyond_it_who_keeps_most_is_cut_and_counted_no_more()
    {
        var (large, small, newest) = (Make("large"), Make("small"), Make("newest"));
        large.Add(Most / 2);
        small.Add(Most / 3);

        newest.Add(Most / 2 - 1);
        large.Add(Most);

        Assert.Equal(["large"], _cut);
        Assert.Equal((Most / 3) + (Most / 2) - 1, _budget.Held);
    }

    [Fact]
    public void What_a_closed_connection_kept_is_free()
    {
        var one = Make("one");
        one.Add(Most / 2);
        one.SetInput(Most / 3);

        one.Forget();
        one.Add(Most);

        Assert.Equal(0, _budget.Held);
    }

    [Fact]
    public void Read_bytes_are_kept_until_they_are_taken()
    {
        var one = Make("one");

        one.SetInput(Most / 2);
        one.SetInput(Most / 4);
        Assert.Equal(Most / 4, _budget.Held);
        one.SetInput(0);

        Assert.Equal(0, _budget.Held);
    }

    [Fact]
    public void Whatever_many_threads_add_and_take_away_nothing_is_left()
    {
        HeldMemory[] holders = [.. Enumerable.Range(0, 4).Select(i => Make($"{i}"))];

        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 20_000; i++)
            {
                var (holder, bytes) = (holders[random.Next(holders.Length)], random.Next(3 * Allowed));
                holder.Add(bytes / 4);
                holder.Add(-(bytes / 4));
            }
        });

        Assert.Equal((0, 0), (_budget.Held, _cut.Count));
    }

    [Fact]
    public void Of_cut_connections_one_line_in_ten_seconds_is_logged_that_counts_them()
    {
        for (var i = 0; i < 3; i++) { Make($"{i}").Add(2 * Most); }
        _time.Advance(TimeSpan.FromSeconds(11));
        Make("later").Add(2 * Most);

        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("closed, 3 since", _log.Lines.Last(), StringComparison.Ordinal);
        Assert.Contains("jochat.gateway.max-buffered (100000 bytes)", _log.Lines.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_little_is_kept_requests_are_served_though_it_is_used_up()
    {
        var (hoarder, near, far) = (Make("hoarder"), Make("near"), Make("far", Elsewhere));
        hoarder.Add(Most + 1);

        near.Add(Allowed);
        Assert.True(_budget.Admits(near));
        near.Add(1);
        Assert.False(_budget.Admits(near));
        far.Add(Allowed + 1);
        Assert.False(_budget.Admits(far)); // this budget's share is less than a connection that is counted
    }

    [Fact]
    public void An_address_may_always_keep_its_share()
    {
        var budget = new MemoryBudget(
            new GatewayOptions { MaxBufferedBytes = 64 * 2 * Allowed }, _time, NullLogger<MemoryBudget>.Instance);
        HeldMemory hoarder = new(budget, Here, () => { }), one = new(budget, Elsewhere, () => { }),
            other = new(budget, Elsewhere, () => { });
        hoarder.Add(64 * 2 * Allowed);

        one.Add(2 * Allowed);
        Assert.True(budget.Admits(one));
        other.Add(Allowed + 1);

        Assert.Equal((false, false), (budget.Admits(one), budget.Admits(other)));
    }

    [Fact]
    public void Who_has_kept_most_for_long_is_cut_as_soon_as_somebody_is_refused()
    {
        HeldMemory[] hoarders = [.. Enumerable.Range(0, 4).Select(i => Make($"hoarder {i}"))];
        foreach (var hoarder in hoarders) { hoarder.Add(Most / 4); }
        hoarders[2].Add(Allowed + 1);
        _time.Advance(TimeSpan.FromSeconds(9.9));
        var honest = Make("honest");
        honest.Add(Allowed + 1);
        Assert.False(_budget.Admits(honest));
        Assert.Empty(_cut);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(_budget.Admits(honest));

        Assert.Equal(["hoarder 2"], _cut);
        Assert.True(_budget.Admits(honest));
    }

    [Fact]
    public void Where_many_connections_keep_much_one_of_theirs_is_cut_and_not_a_larger_one_that_is_alone()
    {
        Make("alone", Elsewhere).Add(Most / 2);

        for (var i = 0; i < 4; i++) { Make($"{i}").Add(Most / 5 + i); }

        Assert.Equal(["3"], _cut);
    }

    [Fact]
    public async Task While_half_requests_use_it_up_small_requests_are_served_and_large_ones_are_refused_as_busy_in_turn()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions { MaxBufferedBytes = 300_000 });
        await using var hoarder = await EnterAsync(gateway, "hoarder");
        await using var honest = await EnterAsync(gateway, "honest");
        await SendHalfAsync(hoarder, 340_000);
        var large = new { sender = "honest", recipient = "honest", content = new string('x', 2 * Allowed) };

        string? answer;
        do { answer = await AskAsync(honest, "send_message", "1", large); }
        while (!answer!.Contains("busy", StringComparison.Ordinal));
        Assert.Contains("\"id\":1", answer, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"ok\"", await AskAsync(honest, "ping", "2"), StringComparison.Ordinal);
        hoarder.Socket.Shutdown(SocketShutdown.Both);
        do { answer = await AskAsync(honest, "send_message", "3", large); }
        while (answer!.Contains("busy", StringComparison.Ordinal));

        Assert.Contains("\"status\":\"ok\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_keeps_most_is_cut_and_the_others_go_on()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions { MaxBufferedBytes = 300_000 });
        await using var honest = await EnterAsync(gateway, "honest");
        await using var some = await EnterAsync(gateway, "some");
        await using var most = await EnterAsync(gateway, "most");

        await SendHalfAsync(some, 150_000);
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await SendHalfAsync(most, 900_000);
            await most.ReadAllAsync().OrFail(); // the server has not read all of it, so the end is a reset
        });
        Assert.Contains("\"status\":\"ok\"", await AskAsync(honest, "ping", "1"), StringComparison.Ordinal);
        Assert.Contains(gateway.Log, line => line.Contains("max-buffered", StringComparison.Ordinal));
    }

    /// <summary>One of these options that logs nothing.</summary>
    internal static MemoryBudget Of(GatewayOptions options) =>
        new(options, TimeProvider.System, NullLogger<MemoryBudget>.Instance);

    private HeldMemory Make(string name, ClientAddress? at = null) => new(_budget, at ?? Here, () => _cut.Add(name));

    private static async Task<NetworkStream> EnterAsync(RunningGateway gateway, string name)
    {
        var client = await gateway.ConnectAsync();
        foreach (var request in (string[])["signup", "login"])
        {
            await client.WriteAsync(Wire.Frame(Wire.Request(
                request, new { username = name, password = "secret" })));
            Assert.Contains("\"ok\"", await client.ReadJsonAsync().OrFail(), StringComparison.Ordinal);
        }
        return client;
    }

    private static async Task<string?> AskAsync(NetworkStream client, string type, string id, object? data = null)
    {
        var members = JsonSerializer.Serialize(data ?? new { });
        await client.WriteAsync(Wire.Frame($$"""{"msg_type":"{{type}}","id":{{id}},"data":{{members}}}"""));
        return await client.ReadJsonAsync().OrFail();
    }

    private static async Task SendHalfAsync(NetworkStream client, int bytes)
    {
        var frame = Wire.Frame(new string(' ', 1_000_000));
        await client.WriteAsync(frame.AsMemory(0, bytes));
    }

    private sealed class Provider(LogLines log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
