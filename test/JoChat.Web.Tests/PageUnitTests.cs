using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace JoChat.Web.Tests;

/// <summary>What of the page needs no browser is tested without one, in JavaScript: <c>units/*.test.js</c>.</summary>
public sealed class PageUnitTests
{
    [NodeFact]
    public async Task The_pure_functions_of_the_page_pass_their_own_tests()
    {
        var start = new ProcessStartInfo(NodeFactAttribute.Program!, ["--test"])
        {
            WorkingDirectory = Path.Combine(Folder(), "units"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        var report = await node.StandardOutput.ReadToEndAsync().OrFail();
        await node.WaitForExitAsync().OrFail();

        Assert.True(node.ExitCode == 0, report + await errors);
        Assert.DoesNotMatch(@"(?m)^\S* ?(tests|pass) 0$", report);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
