using Microsoft.Playwright;

namespace JoChat.Web.Bench;

/// <summary>Debian's Chromium, without a window.</summary>
internal sealed class Browser : IAsyncDisposable
{
    // As for the tests. Nothing here makes it faster than a user's.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // for a loaded machine; never a measure

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <exception cref="LoadFailedException">There is none.</exception>
    public static async Task<Browser> StartAsync()
    {
        var program = Programs.Find("chromium", "chromium-browser", "google-chrome")
            ?? throw new LoadFailedException("needs Chromium: apt-get install chromium");
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        var playwright = await Playwright.CreateAsync();
        return new Browser(
            playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Flags }));
    }

    /// <summary>Opens the page as somebody whose browser has never seen it, with all that measures in it.</summary>
    public async Task<Visitor> OpenAsync(string address)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1100, Height = 750 } });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        await context.AddInitScriptAsync(MeasuringScripts.All);
        return await Visitor.OpenAsync(context, address);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
