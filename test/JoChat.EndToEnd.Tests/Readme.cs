namespace JoChat.EndToEnd.Tests;

/// <summary>What README.md shows.</summary>
internal static class Readme
{
    /// <summary>The folder that it stands in.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The block that begins so.</summary>
    /// <param name="beginning">Its first words.</param>
    /// <param name="fence">The line above them.</param>
    public static string Block(string beginning, string fence = "\n```\n")
    {
        var readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        var start = readme.IndexOf(fence + beginning, StringComparison.Ordinal) + fence.Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "JoChat.sln"))) { folder = folder.Parent!; }
        return folder.FullName;
    }
}
