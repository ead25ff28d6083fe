using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>Somebody is blocked and unblocked in the page.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class BlockingTests(Chromium chromium)
{
    [BrowserFact]
    public async Task Who_is_blocked_does_not_arrive_until_they_are_unblocked()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        using var eve = await RawClient.EnterAsync(gateway.Port, "eve");
        await eve.SendMessageAsync("eve", "ada", "first");
        await ada.Row("eve").ClickAsync();
        await ada.SeeAsync("first");

        await ada.Button("Block").ClickAsync();
        await ada.Page.GetByRole(Microsoft.Playwright.AriaRole.Dialog)
            .GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Block", Exact = true }).ClickAsync();
        await Expect(ada.Page.GetByText("eve is blocked.")).ToBeVisibleAsync();
        await eve.SendMessageAsync("eve", "ada", "unseen");

        await ada.Button("Account and settings").ClickAsync();
        await ada.Page.GetByText("Blocked people").ClickAsync();
        await ada.Button("Unblock eve").ClickAsync();
        await Expect(ada.Page.GetByText("You block nobody.")).ToBeVisibleAsync();
        await ada.Page.Keyboard.PressAsync("Escape");
        await eve.SendMessageAsync("eve", "ada", "second");
        await ada.SeeAsync("second");
        await Expect(ada.Message("unseen")).ToHaveCountAsync(0);
        Assert.Empty(ada.Faults);
    }
}
