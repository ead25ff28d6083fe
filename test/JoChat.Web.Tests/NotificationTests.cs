using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>Notifications are shown on request only, of messages that come while nobody looks at the page. A browser
/// without a window shows none: what the page asks of it is looked at.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class NotificationTests(Chromium chromium)
{
    // The page takes itself to be in the background, and what it would show is written down.
    private const string Listen = """
        window.shown = [];
        window.isInBackground = false;
        Object.defineProperty(document, 'hidden', { get: () => window.isInBackground });
        window.Notification = class {
          static permission = 'default';
          static async requestPermission() { return (this.permission = 'granted'); }
          constructor(title, { body }) { window.shown.push(`${title}: ${body}`); }
        };
        """;

    [BrowserFact]
    public async Task A_notification_is_shown_on_request_and_its_text_only_if_wanted()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.OpenAsync();
        await ada.Page.AddInitScriptAsync(Listen);
        await ada.Page.ReloadAsync();
        await ada.SignUpAsync("ada");
        using var bob = await RawClient.EnterAsync(gateway.Port, "bob");

        await SendAsync(bob, "before it was wanted", ada);
        await ada.Button("Account and settings").ClickAsync();
        await ada.Field("Notify me of new messages").CheckAsync();
        await SendAsync(bob, "while the page is looked at", ada);
        await LookAwayAsync(ada);
        await SendAsync(bob, "with text", ada);
        await ada.Field("Show the text in notifications").UncheckAsync();
        await SendAsync(bob, "without text", ada);

        await ada.Page.WaitForFunctionAsync("() => window.shown.length >= 2");
        Assert.Equal(
            ["bob: with text", "bob: New message"], await ada.Page.EvaluateAsync<string[]>("() => window.shown"));
    }

    [BrowserFact]
    public async Task A_browser_that_shows_notifications_only_of_its_own_making_shows_the_messages()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.OpenAsync();
        await ada.Page.AddInitScriptAsync(Listen); // as Chrome on Android:
        await ada.Page.AddInitScriptAsync(
            "window.Notification = class { static permission = 'granted'; constructor() { throw new TypeError(); } };");
        await ada.Page.ReloadAsync();
        await ada.SignUpAsync("ada");
        await ada.Page.EvaluateAsync("() => localStorage.setItem('jochat.notify', 'true')");
        using var bob = await RawClient.EnterAsync(gateway.Port, "bob");
        await SendAsync(bob, "the first", ada);

        await LookAwayAsync(ada);
        await SendAsync(bob, "the second", ada);

        Assert.Empty(ada.Faults);
    }

    [BrowserFact]
    public async Task A_tab_in_the_background_shows_none_while_another_one_is_looked_at()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.OpenAsync();
        await ada.Page.Context.AddInitScriptAsync(Listen + "window.Notification.permission = 'granted';");
        await ada.Page.ReloadAsync();
        await ada.SignUpAsync("ada");
        await ada.Page.EvaluateAsync("() => localStorage.setItem('jochat.notify', 'true')");
        var other = await ada.OpenTabAsync();
        using var bob = await RawClient.EnterAsync(gateway.Port, "bob");
        await SendAsync(bob, "the first", ada);
        await Expect(other.Row("bob")).ToBeVisibleAsync();

        await LookAwayAsync(ada);
        await SendAsync(bob, "one tab is looked at", ada);
        await LookAwayAsync(other);
        await SendAsync(bob, "none is", ada);

        await ada.Page.WaitForFunctionAsync("() => window.shown.length >= 1");
        Assert.Equal(["bob: none is"], await ada.Page.EvaluateAsync<string[]>("() => window.shown"));
    }

    private static async Task LookAwayAsync(Visitor visitor) => await visitor.Page.EvaluateAsync("""
        () => {
          window.isInBackground = true;
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """);

    private static async Task SendAsync(RawClient bob, string text, Visitor ada)
    {
        await bob.SendMessageAsync("bob", "ada", text);
        await Expect(ada.Page.Locator(".row")).ToContainTextAsync(text);
    }
}
