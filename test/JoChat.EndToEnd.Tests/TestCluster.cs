using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace JoChat.EndToEnd.Tests;

/// <summary>Nodes of a cluster, each a real process on 127.0.0.1.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly string?[] PassingRefusals = ["storage_unavailable", "already_logged_in"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<GatewayProcess> _started = [];
    private readonly string[] _settings;
    private readonly int[] _ports;

    /// <param name="nodes">How many there will be, at most; the first two are asked for the cluster.</param>
    /// <param name="settings">Arguments of all nodes.</param>
    public TestCluster(int nodes, params string[] settings)
    {
        _ports = [.. Enumerable.Range(0, nodes).Select(_ => FreePort.Find()).Distinct()];
        _settings = settings;
    }

    /// <summary>Where the nodes run.</summary>
    public string Folder => _folder.Path;

    /// <summary>The port by which other nodes reach a node.</summary>
    public int PortOf(int node) => _ports[node];

    /// <summary>Starts a node, the first time or again.</summary>
    public async Task<GatewayProcess> StartAsync(int node, string role, params string[] more)
    {
        var seeds = string.Join(',', _ports.Take(2).Select(port => $"127.0.0.1:{port}"));
        var process = await GatewayProcess.StartAsync(
            _folder.Path,
            ["--set", $"jochat.cluster.role={role}", "--set", $"jochat.cluster.seed-nodes={seeds}",
             "--set", string.Create(CultureInfo.InvariantCulture, $"jochat.cluster.port={_ports[node]}"),
             .. _settings, .. more]);
        _started.Add(process);
        return process;
    }

    /// <summary>A connection logged in as a new account, as soon as the cluster takes it.</summary>
    public static async Task<RawClient> EnterAsync(GatewayProcess gateway, string user)
    {
        await UntilAsync(gateway, client => client.AskAsync("signup", new { username = user, password = "pw-" + user }));
        return await LogInAsync(gateway, user);
    }

    /// <summary>A connection logged in, as soon as the cluster takes it.</summary>
    public static Task<RawClient> LogInAsync(GatewayProcess gateway, string user) => UntilAsync(
        gateway, client => client.AskAsync("login", new { username = user, password = "pw-" + user }));

    /// <summary>Sends a message to oneself or another until it is acknowledged, as clients do that know client ids: again, and on
    /// another connection if the one is cut.</summary>
    /// <returns>The connection by which it was sent.</returns>
    public static async Task<RawClient> SendAsync(
        RawClient client, GatewayProcess gateway, string sender, string recipient, string content)
    {
        while (true)
        {
            try
            {
                var answer = await client.AskAsync("send_message", new { sender, recipient, content, client_id = content });
                if ((string?)answer["status"] == "ok") { return client; }
                Assert.Contains((string?)answer["code"], PassingRefusals);
            }
            catch (Exception fault) when (fault is ArgumentNullException or IOException)
            {
                client.Dispose();
                client = await LogInAsync(gateway, sender);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started) { await process.DisposeAsync(); }
        _folder.Dispose();
    }

    // Refused, or cut off, while no writer is found, or while the one before does not know that a gateway has gone.
    private static async Task<RawClient> UntilAsync(GatewayProcess gateway, Func<RawClient, Task<JsonNode>> ask)
    {
        using var tries = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var left = 300; left > 0; left--)
        {
            var client = await ConnectAsync(gateway);
            try
            {
                var answer = await ask(client);
                if ((string?)answer["status"] == "ok") { return client; }
                Assert.Contains((string?)answer["code"], PassingRefusals);
            }
            catch (Exception fault) when (fault is ArgumentNullException or IOException)
            {
                // It was cut off.
            }
            client.Dispose();
            await tries.WaitForNextTickAsync();
        }
        throw new TimeoutException($"The cluster takes nobody: {gateway.Errors}");
    }

    private static async Task<RawClient> ConnectAsync(GatewayProcess gateway)
    {
        try
        {
            return await RawClient.ConnectAsync(gateway.Port);
        }
        catch (SocketException)
        {
            throw new InvalidOperationException($"The gateway has ended: {gateway.Errors}");
        }
    }
}
