using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>The line drops, or was never there: nothing is lost and nothing doubled.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class ReconnectTests(Chromium chromium)
{
    [BrowserFact]
    public async Task A_gateway_killed_while_typing_loses_nothing_and_doubles_nothing()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var (ada, bob) = (await gateway.EnterAsync("ada"), await gateway.EnterAsync("bob"));
        await ada.FindAsync("bob");
        await ada.SendAsync("before");
        await bob.Row("ada").ClickAsync();
        await bob.SeeAsync("before");

        await ada.Composer.PressSequentiallyAsync("half a sen");
        await gateway.KillAsync();
        await Expect(ada.NoConnection).ToBeVisibleAsync();
        await ada.Composer.PressSequentiallyAsync("tence");
        await Expect(ada.Composer).ToHaveValueAsync("half a sentence");
        await ada.Composer.PressAsync("Enter");
        await ada.SeeStateAsync("half a sentence", "Waiting for the connection");
        await ada.Composer.FillAsync("a draft");
        await gateway.RestartAsync();

        await ada.SeeStateAsync("half a sentence", "Read");
        await bob.SeeAsync("half a sentence");
        await bob.SeeAsync("before");
        await ada.SeeAsync("before");
        await ada.SeeAsync("half a sentence");
        await Expect(ada.Composer).ToHaveValueAsync("a draft");
        await Expect(ada.NoConnection).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Messages_sent_while_the_gateway_is_killed_each_arrive_once_and_in_order()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var (ada, bob) = (await gateway.EnterAsync("ada"), await gateway.EnterAsync("bob"));
        await ada.FindAsync("bob");
        var texts = Enumerable.Range(100, 30).Select(number => $"number {number}").ToArray();

        foreach (var text in texts[..10]) { await ada.SendAsync(text); }
        var killing = gateway.KillAsync(); // some are acknowledged, some are not
        foreach (var text in texts[10..20]) { await ada.SendAsync(text); }
        await killing;
        await gateway.RestartAsync();
        foreach (var text in texts[20..]) { await ada.SendAsync(text); }

        await ada.SeeStateAsync(texts[^1], "Delivered");
        await bob.Row("ada").ClickAsync();
        await Expect(bob.Messages.Locator("bdi.text")).ToHaveTextAsync(texts);
        await Expect(ada.Messages.Locator("bdi.text")).ToHaveTextAsync(texts);
    }

    [BrowserFact]
    public async Task A_message_typed_offline_survives_a_reload_and_is_sent_once()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var (ada, bob) = await LoseConnectionAsync(gateway);

        await ada.SendAsync("typed offline");
        await ada.Composer.FillAsync("a draft");
        await ada.Page.ReloadAsync();
        await ada.SeeStateAsync("typed offline", "Waiting for the connection");
        await Expect(ada.Composer).ToHaveValueAsync("a draft");
        await gateway.RestartAsync();

        await ada.SeeStateAsync("typed offline", "Delivered");
        await bob.Row("ada").ClickAsync();
        await Expect(bob.Messages.Locator("bdi.text")).ToHaveTextAsync(["before", "typed offline"]);
        await Expect(ada.Messages.Locator("bdi.text")).ToHaveTextAsync(["before", "typed offline"]);
        await Expect(ada.Composer).ToHaveValueAsync("a draft");
    }

    [BrowserFact]
    public async Task Messages_typed_offline_are_sent_in_order_though_the_clock_was_set_back()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var (ada, bob) = await LoseConnectionAsync(gateway);
        await ada.SendAsync("first");
        await ada.SeeStateAsync("first", "Waiting for the connection");

        await ada.Page.AddInitScriptAsync("const now = Date.now; Date.now = () => now() - 3_600_000;");
        await ada.Page.ReloadAsync();
        await ada.SendAsync("second");
        await ada.SeeStateAsync("second", "Waiting for the connection");
        await gateway.RestartAsync();

        await ada.SeeStateAsync("second", "Delivered");
        await bob.Row("ada").ClickAsync();
        await Expect(bob.Messages.Locator("bdi.text")).ToHaveTextAsync(["before", "first", "second"]);
    }

    [BrowserFact]
    public async Task What_waits_to_be_sent_waits_for_the_next_login_too()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var (ada, bob) = await LoseConnectionAsync(gateway);
        await ada.SendAsync("typed offline");
        await ada.Composer.FillAsync("a draft");
        await ada.Page.Context.ClearCookiesAsync(); // the session ends, but nobody logged out
        await gateway.RestartAsync();

        await ada.LogInAsync("ada");

        await bob.Row("ada").ClickAsync();
        await Expect(bob.Messages.Locator("bdi.text")).ToHaveTextAsync(["before", "typed offline"]);
        await ada.Row("bob").ClickAsync();
        await Expect(ada.Composer).ToHaveValueAsync("a draft");
    }

    [BrowserFact]
    public async Task The_page_opens_offline_and_shows_what_it_knows()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var (ada, bob) = (await gateway.EnterAsync("ada"), await gateway.EnterAsync("bob"));
        await ada.FindAsync("bob");
        await ada.SendAsync("remember me");
        await ada.SeeStateAsync("remember me", "Delivered");
        await ada.KeepShellAsync();

        await ada.Page.Context.SetOfflineAsync(true);
        await ada.Page.CloseAsync();
        var again = await ada.OpenTabAsync();
        await Expect(again.Row("bob")).ToContainTextAsync("remember me");
        await Expect(again.NoConnection).ToBeVisibleAsync();
        await again.Page.Context.SetOfflineAsync(false);
        await again.Row("bob").ClickAsync();
        await again.SendAsync("back again");

        await again.SeeStateAsync("back again", "Delivered");
        Assert.Empty(bob.Faults);
    }

    // They have talked; then the gateway is gone. The page could be loaded again.
    private static async Task<(Visitor Ada, Visitor Bob)> LoseConnectionAsync(WebGateway gateway)
    {
        var (ada, bob) = (await gateway.EnterAsync("ada"), await gateway.EnterAsync("bob"));
        await ada.FindAsync("bob");
        await ada.SendAsync("before");
        await ada.SeeStateAsync("before", "Delivered");
        await ada.KeepShellAsync();
        await gateway.KillAsync();
        await Expect(ada.NoConnection).ToBeVisibleAsync();
        return (ada, bob);
    }
}
