using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>Somebody deletes the account while the page shows the conversation.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class AccountGoneTests(Chromium chromium)
{
    [BrowserFact]
    public async Task The_page_says_who_has_deleted_the_account()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        using var eve = await RawClient.EnterAsync(gateway.Port, "eve");
        await eve.SendMessageAsync("eve", "ada", "first");
        await ada.Row("eve").ClickAsync();
        await ada.SeeAsync("first");

        Assert.Equal("ok", (string?)(await eve.AskAsync("delete_account", new { }))["status"]);

        await Expect(ada.Page.GetByText("eve deleted the account.")).ToBeVisibleAsync();
        await Expect(ada.Page.GetByText("Deleted the account", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Empty(ada.Faults);
    }
}
