using System.Globalization;
using JoChat.Testing;

namespace JoChat.Load;

/// <summary>How the nodes of a cluster on 127.0.0.1 are started, the first time or again: each has a port for the others
/// that stays, and one for clients that is another each time.</summary>
/// <param name="count">How many there will be; the first three are asked for the cluster.</param>
/// <param name="settings">Arguments of all nodes.</param>
/// <param name="certificates">Those by which nodes know each other.</param>
internal sealed class LocalNodes(int count, IReadOnlyList<string> settings, IReadOnlyList<string> certificates)
{
    private readonly int[] _ports = FreePorts(count);

    /// <summary>Starts a node.</summary>
    /// <param name="node">Its number, from 0.</param>
    /// <param name="role">What it is: a store, a gateway, or both.</param>
    /// <param name="onOutput">Is given each line that it writes.</param>
    public ServerProcess Start(int node, string role, Action<string>? onOutput = null)
    {
        var seeds = string.Join(',', _ports.Take(3).Select(port => $"127.0.0.1:{port}"));
        return ServerProcess.Start("jochat-gateway.dll",
        [
            "--port", "0", "--http-port", "0", "--set", $"jochat.cluster.role={role}",
            "--set", $"jochat.cluster.seed-nodes={seeds}",
            "--set", string.Create(CultureInfo.InvariantCulture, $"jochat.cluster.port={_ports[node]}"),
            .. settings, .. certificates,
        ], onOutput);
    }

    private static int[] FreePorts(int count)
    {
        var ports = new HashSet<int>();
        while (ports.Count < count) { ports.Add(FreePort.Find()); }
        return [.. ports];
    }
}
