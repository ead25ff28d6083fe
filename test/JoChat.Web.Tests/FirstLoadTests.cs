using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>What a first visit costs.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class FirstLoadTests(Chromium chromium)
{
    private const string Loaded =
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]";

    [BrowserFact]
    public async Task A_first_load_is_under_100_kB_in_all_and_all_of_it_from_the_gateway()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.OpenAsync();
        await Expect(ada.Button("Log in")).ToBeVisibleAsync();

        var addresses = await ada.Page.EvaluateAsync<string[]>($"() => {Loaded}.map(({{ name }}) => name)");
        var sizes = await ada.Page.EvaluateAsync<int[]>(
            $"() => {Loaded}.map(({{ encodedBodySize }}) => encodedBodySize)");

        Assert.All(addresses, address => Assert.StartsWith(gateway.Address, address, StringComparison.Ordinal));
        Assert.Contains(addresses, address => address.EndsWith("/js/app.js", StringComparison.Ordinal));
        Assert.InRange(sizes.Sum(), 10_000, 100_000);
    }
}
