namespace JoChat.Web.Tests;

/// <summary>The Chromium that is installed on this machine, and how it is run.</summary>
internal static class ChromiumProgram
{
    /// <summary>What to do where there is none.</summary>
    public const string HowToGetOne = "needs Chromium: apt-get install chromium";

    /// <summary>Where it is; null if there is none.</summary>
    public static string? Path { get; } = Programs.Find("chromium", "chromium-browser", "google-chrome");

    /// <summary>Without a window, as root, and with no traffic of its own. Nothing here makes it faster than a user's.
    /// </summary>
    public static IReadOnlyList<string> Flags { get; } =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];
}
