namespace JoChat.Web.Tests;

/// <summary>A test in a real Chromium; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    internal const string HowToGetOne = "needs Chromium: apt-get install chromium";

    public BrowserFactAttribute()
    {
        if (Chromium is null) { Skip = HowToGetOne; }
    }

    /// <summary>The program; null if there is none.</summary>
    public static string? Chromium { get; } = Programs.Find("chromium", "chromium-browser", "google-chrome");
}

/// <summary>The same for a test with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (BrowserFactAttribute.Chromium is null) { Skip = BrowserFactAttribute.HowToGetOne; }
    }
}
