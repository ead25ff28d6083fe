namespace JoChat.Web.Tests;

/// <summary>A test that needs Node; skipped where there is none. Playwright's package brings one for most
/// machines.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (Program is null) { Skip = "needs Node: apt-get install nodejs"; }
    }

    /// <summary>The program; null if there is none.</summary>
    public static string? Program { get; } = Playwrights() ?? Programs.Find("node");

    private static string? Playwrights()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, ".playwright", "node");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "node*", SearchOption.AllDirectories).FirstOrDefault() : null;
    }
}
