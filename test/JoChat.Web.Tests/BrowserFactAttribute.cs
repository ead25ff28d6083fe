namespace JoChat.Web.Tests;

/// <summary>A test in a real Chromium; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (ChromiumProgram.Path is null) { Skip = ChromiumProgram.HowToGetOne; }
    }
}

/// <summary>The same for a test with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (ChromiumProgram.Path is null) { Skip = ChromiumProgram.HowToGetOne; }
    }
}
