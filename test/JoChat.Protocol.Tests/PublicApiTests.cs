using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace JoChat.Protocol.Tests;

/// <summary>What others can use of this library, against the approved list beside this file.</summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    [Fact]
    public void Public_api_is_the_approved_one()
    {
        var approvedPath = Beside("PublicApi.approved.txt");
        var receivedPath = Beside("PublicApi.received.txt");
        var approved = File.ReadAllText(approvedPath).ReplaceLineEndings("\n").TrimEnd();

        var received = typeof(Request).Assembly.GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd();

        if (received == approved)
        {
            File.Delete(receivedPath);
            return;
        }
        File.WriteAllText(receivedPath, received + "\n");
        Assert.Fail($"The public API of JoChat.Protocol changed. See: diff {approvedPath} {receivedPath}\n"
            + $"If that is meant, accept it: mv {receivedPath} {approvedPath}");
    }

    private static string Beside(string name, [CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, name);
}
