namespace JoChat.Protocol.Tests;

/// <summary>docs/protocol.md.</summary>
internal static class Document
{
    public static string Text { get; } = File.ReadAllText(Find());

    public static string[] Lines { get; } = Text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>The lines of all blocks of a kind; an empty line behind each.</summary>
    public static List<string> Block(string kind)
    {
        List<string> lines = [];
        var isInside = false;
        foreach (var line in Lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                if (isInside) { lines.Add(""); }
                isInside = line == $"```{kind}";
            }
            else if (isInside)
            {
                lines.Add(line);
            }
        }
        return lines;
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "JoChat.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests has JoChat.sln.");
        }
        return Path.Combine(folder.FullName, "docs", "protocol.md");
    }
}
