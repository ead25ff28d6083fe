using JoChat.EndToEnd.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>People talk: from browser to browser, and with the command line.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class TalkTests(Chromium chromium)
{
    [BrowserFact]
    public async Task A_newcomer_signs_up_and_talks_to_another_browser()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        var bob = await gateway.EnterAsync("bob");

        await ada.FindAsync("bob");
        await ada.SendAsync("Are you there?");
        await bob.Row("ada").ClickAsync();
        await bob.SeeAsync("Are you there?");
        await bob.SendAsync("Here I am.");

        await ada.SeeAsync("Here I am.");
        await ada.SeeStateAsync("Are you there?", "Read");
        await bob.SeeStateAsync("Here I am.", "Read");
        Assert.Empty(ada.Faults);
        Assert.Empty(bob.Faults);
    }

    [BrowserFact]
    public async Task A_browser_and_the_command_line_talk()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        await using var bob = CliProcess.Start(gateway.Port);
        await bob.TypeAsync("bob", "pw", "y", "pw");
        await bob.SeeAsync("Logged in as bob");

        await bob.TypeAsync("/msg ada Hello from a terminal.");
        await ada.Row("bob").ClickAsync();
        await ada.SeeAsync("Hello from a terminal.");
        await ada.SendAsync("Hello from a page.");

        Assert.Contains("ada", await bob.SeeAsync("Hello from a page."), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task What_was_sent_while_away_is_counted_until_it_is_read()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var bob = await gateway.EnterAsync("bob");
        await bob.Page.CloseAsync();
        var ada = await gateway.EnterAsync("ada");
        await ada.FindAsync("bob");
        foreach (var text in new[] { "one", "two", "three" }) { await ada.SendAsync(text); }
        await ada.SeeStateAsync("three", "Sent");

        var back = await bob.OpenTabAsync();

        await Expect(back.Row("ada")).ToContainTextAsync("3 unread messages");
        await Expect(back.Page).ToHaveTitleAsync("(3) JoChat");
        await back.Row("ada").ClickAsync();
        foreach (var text in new[] { "one", "two", "three" }) { await back.SeeAsync(text); }
        await Expect(back.Row("ada")).Not.ToContainTextAsync("unread");
        await Expect(back.Page).ToHaveTitleAsync("ada · JoChat");
    }

    [BrowserFact]
    public async Task Many_unread_messages_are_opened_where_reading_stopped()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        using var bob = await RawClient.EnterAsync(gateway.Port, "bob");
        await bob.SendMessageAsync("bob", "ada", "read before");
        await ada.Row("bob").ClickAsync();
        await Expect(ada.Row("bob")).Not.ToContainTextAsync("unread");
        await ada.Page.Keyboard.PressAsync("Escape");
        for (var number = 1; number <= 200; number++) { await bob.SendMessageAsync("bob", "ada", $"number {number}."); }
        await Expect(ada.Row("bob")).ToContainTextAsync("200 unread messages");

        await ada.Row("bob").ClickAsync();

        await Expect(ada.Message("number 1.")).ToBeInViewportAsync();
        await Expect(ada.Page.GetByText("New", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(ada.Row("bob")).ToContainTextAsync("200 unread messages"); // the last ones were not seen
        await ada.Button("To the newest message").Or(ada.Button("200 new messages")).ClickAsync();
        await Expect(ada.Message("number 200.")).ToBeInViewportAsync();
        await Expect(ada.Row("bob")).Not.ToContainTextAsync("unread");
    }

    [BrowserFact]
    public async Task Conversations_whose_messages_are_long_are_all_listed()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        for (var number = 0; number < 20; number++) // a list of them has at most 1 MiB
        {
            using var writer = await RawClient.EnterAsync(gateway.Port, $"writer{number}");
            await writer.SendMessageAsync($"writer{number}", "ada", new string('x', 65_000));
        }

        await Expect(ada.Conversations.GetByRole(AriaRole.Link)).ToHaveCountAsync(20);

        var tall = await gateway.OpenAsync(new() { ViewportSize = new() { Width = 1000, Height = 2000 } });
        await tall.AskToLogInAsync("ada");
        await tall.Button("Log in here").ClickAsync();

        await Expect(tall.Conversations.GetByRole(AriaRole.Link)).ToHaveCountAsync(20);
    }

    [BrowserFact]
    public async Task So_is_a_conversation_of_which_nothing_was_read()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        using var bob = await RawClient.EnterAsync(gateway.Port, "bob");
        for (var number = 1; number <= 40; number++) { await bob.SendMessageAsync("bob", "ada", $"number {number}."); }

        await ada.Row("bob").ClickAsync();

        await Expect(ada.Message("number 1.")).ToBeInViewportAsync();
        await Expect(ada.Page.GetByText("New", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(ada.Row("bob")).ToContainTextAsync("40 unread messages");
    }

    [BrowserFact]
    public async Task Typing_and_presence_are_seen()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        var bob = await gateway.EnterAsync("bob");
        await ada.FindAsync("bob");
        await ada.SendAsync("hello");
        await bob.Row("ada").ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Status).GetByText("Online")).ToBeVisibleAsync();

        await bob.Composer.PressSequentiallyAsync("hm");
        await Expect(ada.Page.GetByRole(AriaRole.Status).GetByText("Writing…")).ToBeVisibleAsync();

        await bob.Page.CloseAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Status).GetByText("Offline")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_received_message_is_deleted_for_both()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        var bob = await gateway.EnterAsync("bob");
        await ada.FindAsync("bob");
        await ada.SendAsync("keep");
        await ada.SendAsync("regret");
        await bob.Row("ada").ClickAsync();

        await bob.Message("regret").HoverAsync();
        await bob.Message("regret").GetByRole(AriaRole.Button, new() { Name = "Delete message" }).ClickAsync();
        await bob.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true })
            .ClickAsync();

        await Expect(bob.Message("regret")).ToHaveCountAsync(0);
        await bob.SeeAsync("keep");
        await bob.Page.ReloadAsync();
        await bob.SeeAsync("keep");
        await Expect(bob.Message("regret")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Several_lines_are_one_message()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        await ada.FindAsync("ada");

        await ada.Composer.FillAsync("first");
        await ada.Composer.PressAsync("Shift+Enter");
        await ada.Composer.PressSequentiallyAsync("second");
        await ada.Composer.PressAsync("Enter");

        await Expect(ada.Message("first").Locator("bdi.text")).ToHaveJSPropertyAsync("textContent", "first\nsecond");
    }
}
