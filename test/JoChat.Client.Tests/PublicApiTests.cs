using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace JoChat.Client.Tests;

/// <summary>The library's public face changes only on purpose.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Public_API_is_the_approved_one()
    {
        var approved = Path.Combine(Folder(), "PublicApi.approved.txt");
        var received = Path.Combine(Folder(), "PublicApi.received.txt");

        var api = typeof(JoChatClient).Assembly.GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            DenyNamespacePrefixes = [],
        }).ReplaceLineEndings("\n");

        if (api == File.ReadAllText(approved)) { return; }
        File.WriteAllText(received, api);
        Assert.Fail($"The public API has changed: diff {approved} {received}\nTo accept: mv {received} {approved}");
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
