using Microsoft.Playwright;

namespace JoChat.Web.Tests;

/// <summary>One browser for all tests; each of them has contexts of its own in it, as if they were browsers.</summary>
public sealed class Chromium : IAsyncLifetime
{
    internal const string Collection = "Chromium";

    // Of this switch the last one counts: Playwright's own list, and the popups below the address, which nobody sees here
    // but each window makes two pages of, at twice the cost of the page that is tested.
    private const string WithoutFeatures =
        "--disable-features=AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,DialMediaRouteProvider,"
        + "GlobalMediaControls,HttpsUpgrades,LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,"
        + "BlockOriginHeaderModificationOnRedirect,AvoidCorsURLLoaderRestartOnRedirect,Translate,AutoDeElevate,"
        + "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,WebUIOmniboxPopup,WebUIOmniboxAimPopup";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options) => _browser!.NewContextAsync(options);

    public async Task InitializeAsync()
    {
        if (ChromiumProgram.Path is not { } program) { return; } // all tests skip
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args =
            [
                .. ChromiumProgram.Flags, WithoutFeatures, $"--host-resolver-rules=MAP {WebGateway.PlainHost} 127.0.0.1",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) { await _browser.DisposeAsync(); }
        _playwright?.Dispose();
    }
}

/// <summary>The tests in a browser, one after the other.</summary>
[CollectionDefinition(Chromium.Collection)]
public sealed class ChromiumTests : ICollectionFixture<Chromium>;
