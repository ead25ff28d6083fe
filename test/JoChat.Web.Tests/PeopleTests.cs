using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>People are found by name.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class PeopleTests(Chromium chromium)
{
    [BrowserFact]
    public async Task People_are_listed_by_wildcard_a_page_at_a_time()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        using var raw = await RawClient.ConnectAsync(gateway.Port);
        for (var i = 100; i < 145; i++) { await raw.SignUpAsync($"person{i}"); }
        var options = ada.Page.GetByRole(AriaRole.Option);

        await ada.Button("Find people").First.ClickAsync();
        var search = ada.Page.GetByRole(AriaRole.Combobox);
        await search.FillAsync("person1*");
        await Expect(options.First).ToContainTextAsync("person100"); // no more those of an empty field
        await Expect(options).ToHaveCountAsync(20);
        await ada.Button("Show more").ClickAsync();
        await Expect(options).ToHaveCountAsync(40);
        await ada.Button("Show more").ClickAsync();
        await Expect(options).ToHaveCountAsync(45);
        await Expect(ada.Button("Show more")).ToBeHiddenAsync();

        await raw.SignUpAsync("person0"); // before the others: the last of the first page is the first of the second one
        await search.FillAsync("person*");
        await Expect(options.First).ToContainTextAsync("person0");
        await raw.SignUpAsync("person00");
        await ada.Button("Show more").ClickAsync();
        await Expect(options).ToHaveCountAsync(39);
        await options.Last.ClickAsync();
        await Expect(ada.Composer).ToBeVisibleAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Name = "person137" })).ToBeVisibleAsync();

        await ada.Button("Find people").First.ClickAsync();
        await search.FillAsync("person?4?");
        await Expect(options).ToHaveCountAsync(5);
        await search.FillAsync("nobody at all");
        await Expect(ada.Page.GetByText("Nobody is called like “nobody at all”.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_click_counts_although_the_list_changes_below_the_pressed_button()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        using var raw = await RawClient.EnterAsync(gateway.Port, "bob");
        var ada = await gateway.EnterAsync("ada");
        var options = ada.Page.GetByRole(AriaRole.Option);
        await ada.Button("Find people").First.ClickAsync();
        await Expect(options).ToHaveCountAsync(2);

        await options.First.HoverAsync();
        await ada.Page.Mouse.DownAsync();
        await ada.Page.GetByRole(AriaRole.Combobox).FillAsync("ada");
        await Expect(options).ToHaveCountAsync(1);
        await ada.Page.Mouse.UpAsync();

        await Expect(ada.Composer).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task People_looked_for_without_a_connection_are_found_when_it_is_back()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        await gateway.KillAsync();
        await Expect(ada.NoConnection).ToBeVisibleAsync();

        await ada.Button("Find people").First.ClickAsync();
        await Expect(ada.Page.GetByText("The server cannot be reached.")).ToBeVisibleAsync();
        await gateway.RestartAsync();

        await Expect(ada.Page.GetByRole(AriaRole.Option)).ToContainTextAsync("ada");
    }
}
