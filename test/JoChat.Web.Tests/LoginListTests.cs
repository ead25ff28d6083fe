using System.Security.Cryptography;
using JoChat.Protocol;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>The logins of an account are listed in the page, and ended there.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class LoginListTests(Chromium chromium)
{
    private static readonly Secret SentPassword = new(Convert.ToHexStringLower(SHA256.HashData("pw"u8)));

    [BrowserFact]
    public async Task Another_login_is_seen_with_what_it_calls_itself_and_ended()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        using var thief = await RawClient.ConnectAsync(gateway.Port);
        await thief.AskAsync(new Hello("<b>this browser</b>\u202e\u001b", Features.Side));
        await thief.AskAsync(new LogIn("ada", SentPassword, WantsToken: true));

        await ada.Button("Account and settings").ClickAsync();
        await ada.Page.GetByText("Where you are logged in").ClickAsync();
        var rows = ada.Page.Locator(".logins li");
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.Filter(new() { HasText = ", this browser" })).ToContainTextAsync("jochat-web");
        var evil = rows.Filter(new() { HasText = "connected now" });
        await Expect(evil).ToContainTextAsync("<b>this browser</b>\u27E8U+202E\u27E9\u241B");

        await evil.GetByRole(AriaRole.Button, new() { Name = "End", Exact = true }).ClickAsync();

        await Expect(ada.Page.GetByText("That login has ended.")).ToBeVisibleAsync();
        await Expect(rows).ToHaveCountAsync(1);
        Assert.Equal(new SessionClosed(SessionCloseReason.Revoked), await thief.NextEventAsync());
        Assert.Empty(ada.Faults);
    }
}
