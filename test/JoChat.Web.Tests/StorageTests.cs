using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>The browser stores nothing more: the disk is full, or its owner does not want it.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class StorageTests(Chromium chromium)
{
    // Nothing more can be written or removed, from when a test says so.
    private const string Refuse = """
        window.isRefused = false;
        for (const method of ['put', 'delete', 'clear']) {
          const allowed = IDBObjectStore.prototype[method];
          IDBObjectStore.prototype[method] = function (...args) {
            if (window.isRefused) throw new DOMException('no room', 'QuotaExceededError');
            return allowed.apply(this, args);
          };
        }
        const setItem = Storage.prototype.setItem;
        Storage.prototype.setItem = function (...args) {
          if (window.isRefused) throw new DOMException('no room', 'QuotaExceededError');
          setItem.apply(this, args);
        };
        """;

    [BrowserFact]
    public async Task What_cannot_be_stored_is_told_and_stays_in_the_text_field()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await EnterAsync(gateway);
        await ada.FindAsync("ada");
        await RefuseAsync(ada);

        await ada.SendAsync("too much");

        await Expect(ada.Page.GetByText("This device could not store the message")).ToBeVisibleAsync();
        await Expect(ada.Composer).ToHaveValueAsync("too much");
        Assert.Empty(ada.Faults);
    }

    [BrowserFact]
    public async Task A_failed_message_that_can_be_neither_sent_again_nor_discarded_is_told_and_stays()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await EnterAsync(gateway);
        var bob = await gateway.EnterAsync("bob");
        await ada.FindAsync("bob");
        await bob.DeleteAccountAsync("bob");
        await ada.SendAsync("to nobody");
        await Expect(ada.Button("Retry")).ToBeVisibleAsync();
        await RefuseAsync(ada);

        await ada.Button("Retry").ClickAsync();
        await Expect(ada.Page.GetByText("Something went wrong.")).ToBeVisibleAsync();
        await ada.Button("Dismiss").ClickAsync();
        await ada.Button("Discard").ClickAsync();
        await Expect(ada.Page.GetByText("Something went wrong.")).ToBeVisibleAsync();

        await Expect(ada.Button("Discard")).ToBeVisibleAsync();
        Assert.Empty(ada.Faults);
    }

    [BrowserFact]
    public async Task Log_out_logs_out_though_nothing_can_be_stored()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await EnterAsync(gateway);
        await RefuseAsync(ada);

        await ada.Button("Account and settings").ClickAsync();
        await ada.Field("Notify me of new messages").CheckAsync();
        await ada.Button("Log out").ClickAsync();

        await Expect(ada.Button("Log in")).ToBeVisibleAsync();
        Assert.Empty(await ada.Page.Context.CookiesAsync());
        Assert.Empty(ada.Faults);
    }

    private static async Task<Visitor> EnterAsync(WebGateway gateway)
    {
        var ada = await gateway.OpenAsync(new() { Permissions = ["notifications"] });
        await ada.Page.AddInitScriptAsync(Refuse);
        await ada.Page.ReloadAsync();
        await ada.SignUpAsync("ada");
        return ada;
    }

    private static async Task RefuseAsync(Visitor visitor) =>
        await visitor.Page.EvaluateAsync("() => { window.isRefused = true; }");
}
