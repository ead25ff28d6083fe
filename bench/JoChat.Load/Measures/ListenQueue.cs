using System.Globalization;

namespace JoChat.Load;

/// <summary>The kernel's queue of connections that a server has not accepted yet.</summary>
internal static class ListenQueue
{
    private const string File = "/proc/net/netstat", Group = "TcpExt:", Counter = "ListenOverflows";

    /// <summary>How often a connection was turned away because such a queue was full, of any server on this machine.
    /// Its client tries again a second later, then after two more and so on. 0 where there is no such counter.
    /// </summary>
    public static long Overflows()
    {
        if (!System.IO.File.Exists(File)) { return 0; }
        var lines = System.IO.File.ReadLines(File)
            .Where(line => line.StartsWith(Group, StringComparison.Ordinal)).Select(line => line.Split(' ')).ToList();
        return long.Parse(lines[1][Array.IndexOf(lines[0], Counter)], CultureInfo.InvariantCulture);
    }
}
