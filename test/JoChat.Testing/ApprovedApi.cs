using System.Reflection;
using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace JoChat.Testing;

/// <summary>What others can use of a library, against the approved list beside the test.</summary>
public static class ApprovedApi
{
    private static readonly ApiGeneratorOptions Options =
        new() { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] };

    /// <summary>Fails if they differ, and says how to accept the difference.</summary>
    public static void Check(Assembly library, [CallerFilePath] string test = "")
    {
        var approvedPath = Path.Combine(Path.GetDirectoryName(test)!, "PublicApi.approved.txt");
        var receivedPath = approvedPath.Replace("approved", "received", StringComparison.Ordinal);
        var received = library.GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd();

        if (received == File.ReadAllText(approvedPath).ReplaceLineEndings("\n").TrimEnd()) { return; }
        File.WriteAllText(receivedPath, received + "\n");
        Assert.Fail($"The public API changed: diff {approvedPath} {receivedPath}\n"
            + $"If that is meant, accept it: mv {receivedPath} {approvedPath}");
    }
}
