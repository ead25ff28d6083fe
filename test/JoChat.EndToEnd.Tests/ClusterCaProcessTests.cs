using System.Diagnostics;
using System.Runtime.Versioning;

namespace JoChat.EndToEnd.Tests;

/// <summary>The commands of docs/scaling.md, run as shown there.</summary>
[Trait("Speed", "Slow")]
public sealed class ClusterCaProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact("openssl")]
    [UnsupportedOSPlatform("windows")]
    public async Task An_authority_is_made_once_and_its_certificates_satisfy_openssl()
    {
        await RunAsync(0, "init");
        await RunAsync(0, "issue", "node1");
        var said = await RunAsync(0, "issue", "node2");
        Assert.Contains("key = \"node2.key\"", said, StringComparison.Ordinal);
        Assert.Contains("holds an authority already", await RunAsync(1, "init"), StringComparison.Ordinal);
        Assert.Contains("a node's name ", await RunAsync(2, "issue", "../node3"), StringComparison.Ordinal);

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("cluster-ca")));
        foreach (var key in (string[])["authority.key", "node1.key", "node2.key"])
        {
            Assert.Equal(Owner, File.GetUnixFileMode(_folder.File($"cluster-ca/{key}")));
        }
        foreach (var purpose in (string[])["sslserver", "sslclient"])
        {
            var (status, output) = await RunProgramAsync("openssl", "verify", "-x509_strict", "-purpose", purpose,
                "-CAfile", "cluster-ca/authority.crt", "cluster-ca/node1.crt", "cluster-ca/node2.crt");
            Assert.True(status == 0, output);
        }
    }

    private async Task<string> RunAsync(int expectedStatus, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "jochat-gateway.dll");
        var (status, output) = await RunProgramAsync("dotnet", [program, "cluster-ca", .. arguments]);
        Assert.True(expectedStatus == status, $"{status}: {output}");
        return output;
    }

    private async Task<(int Status, string Output)> RunProgramAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!; // null only for a process that is shared
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().OrFail();
        return (process.ExitCode, await output + await errors);
    }
}
