using System.Diagnostics;

namespace JoChat.Load;

/// <summary>Certificates of a cluster's nodes, made as an operator makes them. All nodes of a measurement share one.</summary>
internal static class NodeCertificates
{
    /// <summary>Makes an authority and a certificate.</summary>
    /// <returns>What a node is told of them.</returns>
    public static async Task<IReadOnlyList<string>> MakeAsync(TemporaryFolder folder)
    {
        var files = folder.File("cluster-ca");
        await RunAsync("init", "--dir", files);
        await RunAsync("issue", "node", "--dir", files);
        return
        [
            "--set", $"jochat.cluster.tls.certificate={Path.Combine(files, "node.crt")}",
            "--set", $"jochat.cluster.tls.key={Path.Combine(files, "node.key")}",
            "--set", $"jochat.cluster.tls.authority={Path.Combine(files, "authority.crt")}",
        ];
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "jochat-gateway.dll");
        var start = new ProcessStartInfo("dotnet", [program, "cluster-ca", .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!; // null only for a process that is shared
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) { throw new LoadFailedException("the certificates of the nodes could not be made"); }
    }
}
