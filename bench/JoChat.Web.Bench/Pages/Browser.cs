using Microsoft.Playwright;

namespace JoChat.Web.Bench;

/// <summary>Debian's Chromium, without a window.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // for a loaded machine; never a measure

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <exception cref="LoadFailedException">There is none.</exception>
    public static async Task<Browser> StartAsync()
    {
        var program = ChromiumProgram.Path ?? throw new LoadFailedException(ChromiumProgram.HowToGetOne);
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        var playwright = await Playwright.CreateAsync();
        var started = playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = program, Args = ChromiumProgram.Flags });
        return new Browser(playwright, await started);
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
