using System.Diagnostics;
using System.Globalization;

namespace JoChat.Load.Torture;

/// <summary>A network on this machine in which each node has a namespace of its own, so that it can be kept from others. It
/// needs the right to make one, and to be in a namespace that is nobody else's.</summary>
internal sealed class NodeNetwork : IDisposable
{
    /// <summary>What is missing where there is none.</summary>
    public const string Needs = "this needs root, and the programs unshare, nsenter and ip";

    private const string OwnVariable = "JOCHAT_LOAD_NETWORK", Bridge = "jochat";
    private readonly List<Process> _holders = []; // each keeps a namespace

    /// <param name="nodes">How many.</param>
    public NodeNetwork(int nodes)
    {
        Run("ip", "link", "set", "lo", "up");
        Run("ip", "link", "add", "name", Bridge, "type", "bridge");
        Run("ip", "addr", "add", Hub + "/24", "dev", Bridge);
        Run("ip", "addr", "add", DatabaseHost + "/24", "dev", Bridge);
        Run("ip", "link", "set", Bridge, "up");
        for (var node = 0; node < nodes; node++) { Add(node); }
    }

    /// <summary>Where clients are.</summary>
    public static string Hub => "10.77.0.1";

    /// <summary>Where nodes find the database.</summary>
    public static string DatabaseHost => "10.77.0.2";

    /// <summary>Whether this process is alone in its network's namespace.</summary>
    public static bool IsOwn => Environment.GetEnvironmentVariable(OwnVariable) is not null;

    /// <summary>Where a node is.</summary>
    public static string HostOf(int node) => FormattableString.Invariant($"10.77.0.{10 + node}");

    /// <summary>Runs this program again, with the same arguments, in a namespace of its own.</summary>
    /// <returns>Its exit status; null if that is not allowed here, or a program is missing.</returns>
    public static async Task<int?> RunAgainAsync(CancellationToken cancellation)
    {
        if (!TryRun("unshare", "-n", "ip", "link", "set", "lo", "up") || !TryRun("nsenter", "true")) { return null; }
        var start = new ProcessStartInfo("unshare",
            ["-n", "dotnet", Path.Combine(AppContext.BaseDirectory, "jochat-load.dll"), .. Environment.GetCommandLineArgs()[1..]]);
        start.Environment[OwnVariable] = "1";
        using var again = Process.Start(start)!;
        // Ctrl-C is for both of them; who ends this one alone ends the other too.
        await using var ending = cancellation.Register(() => again.Kill(entireProcessTree: true));
        await again.WaitForExitAsync(CancellationToken.None);
        return again.ExitCode;
    }

    /// <summary>What to begin a command with that is to run as a node.</summary>
    public string[] Within(int node) => ["nsenter", "-t", Id(_holders[node].Id), "-n", "--"];

    /// <summary>From now on nothing that a node sends reaches a host. Its open connections are not told; a new one fails at once.
    /// </summary>
    public void Part(int node, string host) => Run([.. Within(node), "ip", "route", "add", "blackhole", host]);

    /// <summary>Ends that.</summary>
    public void Join(int node, string host) => Run([.. Within(node), "ip", "route", "del", "blackhole", host]);

    public void Dispose()
    {
        foreach (var holder in _holders)
        {
            holder.Kill();
            holder.WaitForExit();
            holder.Dispose();
        }
        Run("ip", "link", "del", Bridge);
    }

    private void Add(int node)
    {
        // It ends with this program, whose end of the pipe is closed then.
        var holder = Process.Start(new ProcessStartInfo("unshare", ["-n", "cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _holders.Add(holder);
        holder.StandardInput.WriteLine();
        holder.StandardOutput.ReadLine(); // now it has its namespace
        var link = FormattableString.Invariant($"jochat{node}");
        Run("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", Id(holder.Id));
        Run("ip", "link", "set", link, "master", Bridge, "up");
        Run([.. Within(node), "ip", "addr", "add", HostOf(node) + "/24", "dev", "eth0"]);
        Run([.. Within(node), "ip", "link", "set", "eth0", "up"]);
        Run([.. Within(node), "ip", "link", "set", "lo", "up"]);
    }

    private static string Id(int process) => process.ToString(CultureInfo.InvariantCulture);

    private static void Run(params string[] command)
    {
        if (!TryRun(command)) { throw new LoadFailedException($"failed: {string.Join(' ', command)}"); }
    }

    private static bool TryRun(params string[] command)
    {
        try
        {
            using var process = Process.Start(command[0], command[1..]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
