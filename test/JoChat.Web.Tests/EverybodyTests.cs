using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>The page works for everybody: without a mouse, on a small screen, with a screen reader.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class EverybodyTests(Chromium chromium)
{
    [BrowserFact]
    public async Task Everything_can_be_done_with_the_keyboard_alone()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var bob = await gateway.EnterAsync("bob");
        var ada = await gateway.OpenAsync();
        var keyboard = ada.Page.Keyboard;

        await Expect(ada.Field("Name")).ToBeFocusedAsync();
        await TabToAsync(ada, ada.Button("Sign up"));
        await keyboard.PressAsync("Enter");
        await Expect(ada.Field("Name")).ToBeFocusedAsync();
        await keyboard.TypeAsync("ada");
        await TabToAsync(ada, ada.Field("Password"));
        await keyboard.TypeAsync("pw");
        await keyboard.PressAsync("Enter");
        await Expect(ada.Conversations).ToBeVisibleAsync();

        await keyboard.PressAsync("?");
        await Expect(ada.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        await keyboard.PressAsync("Escape");
        await keyboard.PressAsync("/");
        await Expect(ada.Page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await keyboard.TypeAsync("bo");
        await Expect(ada.Page.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("bob");
        await keyboard.PressAsync("Enter");
        await Expect(ada.Composer).ToBeFocusedAsync();
        await keyboard.TypeAsync("by hand");
        await keyboard.PressAsync("Enter");
        await ada.SeeStateAsync("by hand", "Delivered");
        await keyboard.TypeAsync("a draft");
        await keyboard.PressAsync("Escape");
        await Expect(ada.Row("bob")).ToBeFocusedAsync();
        await Expect(ada.Row("bob")).ToContainTextAsync("a draft");
        await keyboard.PressAsync("Enter");
        await Expect(ada.Composer).ToHaveValueAsync("a draft");
        await Expect(ada.Composer).ToBeFocusedAsync();
        await keyboard.PressAsync("Control+a");
        await keyboard.PressAsync("Delete");
        await Expect(ada.Composer).ToHaveValueAsync("");
        await keyboard.PressAsync("Escape");
        await Expect(ada.Row("bob")).ToBeFocusedAsync();

        await bob.Row("ada").ClickAsync();
        await bob.SendAsync("to be deleted");
        await Expect(ada.Row("bob")).ToContainTextAsync("1 unread message");
        await keyboard.PressAsync("n");
        await ada.SeeAsync("to be deleted");
        await Expect(ada.Composer).ToHaveValueAsync("");
        await Expect(ada.Composer).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowUp");
        await Expect(ada.Message("by hand")).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowDown");
        await Expect(ada.Message("to be deleted")).ToBeFocusedAsync();
        await keyboard.PressAsync("Delete");
        await Expect(ada.Button("Delete")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Expect(ada.Message("to be deleted")).ToHaveCountAsync(0);
        await Expect(ada.Message("by hand")).ToBeFocusedAsync();

        await TabToAsync(ada, ada.Button("Account and settings"));
        await keyboard.PressAsync("Enter");
        await TabToAsync(ada, ada.Button("Log out"));
        await keyboard.PressAsync("Enter");
        await Expect(ada.Field("Name")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task At_320_pixels_nothing_scrolls_sideways_and_Back_leads_to_the_list()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var phone = new BrowserNewContextOptions { ViewportSize = new() { Width = 320, Height = 640 } };
        var ada = await gateway.OpenAsync(phone);
        await AssertFitsAsync(ada);
        await ada.SignUpAsync(new string('W', 64));
        await AssertFitsAsync(ada);
        using var raw = await RawClient.EnterAsync(gateway.Port, new string('M', 64));
        await ada.FindAsync(new string('M', 64));
        await Expect(ada.Conversations).ToBeHiddenAsync();

        await ada.SendAsync(new string('x', 2000));
        await ada.SeeAsync("xxx");
        await ada.SendAsync("https://example.org/" + new string('y', 500));
        await ada.SeeAsync("yyy");
        await AssertFitsAsync(ada);
        foreach (var key in new[] { "Find people", "Account and settings", "Keyboard shortcuts" })
        {
            await ada.Page.GoBackAsync();
            await Expect(ada.Conversations).ToBeVisibleAsync();
            await ada.Button(key).First.ClickAsync();
            await Expect(ada.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await AssertFitsAsync(ada);
            await ada.Page.Keyboard.PressAsync("Escape");
            await ada.Row(new string('M', 64)).ClickAsync();
            await Expect(ada.Composer).ToBeVisibleAsync();
        }
        await ada.Button("Back to the conversations").ClickAsync();
        await Expect(ada.Conversations).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task At_200_percent_everything_is_there_and_nothing_scrolls_sideways()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var zoomed = new BrowserNewContextOptions // a window of 1280 by 720
        {
            ViewportSize = new() { Width = 640, Height = 360 },
            DeviceScaleFactor = 2,
        };
        var ada = await gateway.EnterAsync("ada", zoomed);
        await ada.FindAsync("ada");
        for (var number = 10; number < 20; number++) { await ada.SendAsync($"number {number}"); }
        await Expect(ada.Message("number 19")).ToBeInViewportAsync();
        await Expect(ada.Composer).ToBeInViewportAsync();
        await AssertFitsAsync(ada);
        await ada.Button("Back to the conversations").ClickAsync();
        await Expect(ada.Conversations).ToBeVisibleAsync();
        foreach (var key in new[] { "Find people", "Account and settings", "Keyboard shortcuts" })
        {
            await ada.Button(key).First.ClickAsync();
            await Expect(ada.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await AssertFitsAsync(ada);
            await Expect(ada.Button("Close")).ToBeInViewportAsync();
            await ada.Page.Keyboard.PressAsync("Escape");
        }
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_view_has_a_fault_that_axe_can_find(ColorScheme scheme)
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        // Axe itself would break the page's policy.
        var look = new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            BypassCSP = true,
            ReducedMotion = ReducedMotion.Reduce, // a colour on its way to another is not judged
        };
        var ada = await gateway.OpenAsync(look);
        await Expect(ada.Button("Log in")).ToBeVisibleAsync();
        await AssertAccessibleAsync(ada, "log in");
        await ada.AskToLogInAsync("ada", "wrong");
        await Expect(ada.Page.GetByText("The name or the password is wrong.")).ToBeVisibleAsync();
        await AssertAccessibleAsync(ada, "wrong password");
        await ada.Button("Sign up").ClickAsync();
        await ada.Field("Password").FillAsync("pw");
        await AssertAccessibleAsync(ada, "sign up");
        await ada.Button("Log in").ClickAsync();
        await ada.SignUpAsync("ada");
        await AssertAccessibleAsync(ada, "no conversations");

        var bob = await gateway.EnterAsync("bob");
        await bob.FindAsync("ada");
        await bob.SendAsync("Look at https://example.org and `code`.");
        await Expect(ada.Row("bob")).ToContainTextAsync("1 unread message");
        await AssertAccessibleAsync(ada, "unread");
        await ada.Row("bob").ClickAsync();
        await ada.SendAsync("I did.");
        await ada.SeeStateAsync("I did.", "Read");
        await ada.Message("Look at").HoverAsync();
        await AssertAccessibleAsync(ada, "conversation");
        foreach (var dialog in new[] { "Find people", "Account and settings", "Keyboard shortcuts" })
        {
            await ada.Button(dialog).First.ClickAsync();
            await Expect(ada.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            foreach (var closed in await ada.Page.Locator("dialog summary").AllAsync()) { await closed.ClickAsync(); }
            await AssertAccessibleAsync(ada, dialog);
            await ada.Page.Keyboard.PressAsync("Escape");
        }

        var elsewhere = await gateway.OpenAsync(look);
        await elsewhere.AskToLogInAsync("ada");
        await Expect(elsewhere.Button("Log in here")).ToBeVisibleAsync();
        await AssertAccessibleAsync(elsewhere, "take over?");
        await elsewhere.Button("Log in here").ClickAsync();
        await Expect(ada.Button("Use it here")).ToBeVisibleAsync();
        await AssertAccessibleAsync(ada, "taken over");
        await elsewhere.Row("bob").ClickAsync();
        await gateway.KillAsync();
        await Expect(elsewhere.NoConnection).ToBeVisibleAsync();
        await elsewhere.SendAsync("waits");
        await elsewhere.SeeStateAsync("waits", "Waiting for the connection");
        await AssertAccessibleAsync(elsewhere, "no connection");
    }

    private static async Task TabToAsync(Visitor visitor, ILocator target)
    {
        for (var presses = 0; presses < 30; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) { return; }
            await visitor.Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"30 times Tab did not reach {target}.");
    }

    private static async Task AssertFitsAsync(Visitor visitor)
    {
        var widths = await visitor.Page.EvaluateAsync<int[]>(
            """
            () => [document.documentElement, ...document.querySelectorAll('.scroller, dialog')]
              .map((element) => element.scrollWidth - element.clientWidth)
            """);
        Assert.All(widths, width => Assert.InRange(width, 0, 0));
    }

    private static async Task AssertAccessibleAsync(Visitor visitor, string view)
    {
        var found = (await visitor.Page.RunAxe()).Violations
            .SelectMany(rule => rule.Nodes.Select(node => $"{view}: {rule.Id}: {rule.Help}: {node.Html}"));
        Assert.True(!found.Any(), string.Join('\n', found));
    }
}
