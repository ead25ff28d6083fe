using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>Who is logged in, where, and for how long.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class SessionTests(Chromium chromium)
{
    [BrowserFact]
    public async Task A_reload_stays_logged_in_and_no_script_can_read_the_token()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");

        await ada.Page.ReloadAsync();
        await Expect(ada.Conversations).ToBeVisibleAsync();
        await ada.FindAsync("ada");
        await ada.SendAsync("still me");
        await ada.SeeStateAsync("still me", "Delivered");

        var cookie = Assert.Single(await ada.Page.Context.CookiesAsync());
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
        var readable = await ada.Page.EvaluateAsync<string>(Readable);
        Assert.Contains("ada", readable, StringComparison.Ordinal); // it did read something
        Assert.DoesNotContain(cookie.Value, readable, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Two_tabs_share_one_session_and_see_the_same()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var bob = await gateway.EnterAsync("bob");
        var first = await gateway.EnterAsync("ada");
        var second = await first.OpenTabAsync();
        await Expect(second.Conversations).ToBeVisibleAsync();

        await bob.FindAsync("ada");
        await bob.SendAsync("to both tabs");
        await first.Row("bob").ClickAsync();
        await second.Row("bob").ClickAsync();
        await first.SeeAsync("to both tabs");
        await second.SeeAsync("to both tabs");
        await second.SendAsync("from the second tab");
        await first.SeeAsync("from the second tab");
        await bob.SeeAsync("from the second tab");

        await first.Page.CloseAsync(); // it held the line
        await bob.SendAsync("and now?");
        await second.SeeAsync("and now?");
        await second.SendAsync("still here");
        await bob.SeeAsync("still here");
        Assert.Empty(second.Faults);
    }

    [BrowserFact]
    public async Task Log_out_in_one_tab_logs_out_every_tab()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var first = await gateway.EnterAsync("ada");
        var second = await first.OpenTabAsync();
        await Expect(second.Conversations).ToBeVisibleAsync();

        await second.Button("Account and settings").ClickAsync();
        await second.Button("Log out").ClickAsync();

        await Expect(first.Button("Log in")).ToBeVisibleAsync();
        await Expect(second.Button("Log in")).ToBeVisibleAsync();
        await first.Page.ReloadAsync();
        await Expect(first.Button("Log in")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_log_out_without_a_connection_holds_when_it_is_back()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        var token = Assert.Single(await ada.Page.Context.CookiesAsync());
        await ada.KeepShellAsync();
        await gateway.KillAsync();
        await Expect(ada.NoConnection).ToBeVisibleAsync();

        await ada.Button("Account and settings").ClickAsync();
        await ada.Button("Log out").ClickAsync();
        await Expect(ada.Button("Log in")).ToBeVisibleAsync();
        await ada.Page.ReloadAsync();
        await gateway.RestartAsync();

        await Expect(ada.NoConnection).ToHaveCountAsync(0);
        await ada.Page.WaitForFunctionAsync("() => localStorage.getItem('jochat.logged-out') === null");
        await Expect(ada.Button("Log in")).ToBeVisibleAsync();
        Assert.Empty(await ada.Page.Context.CookiesAsync());
        using var thief = await RawClient.ConnectAsync(gateway.Port);
        var answer = await thief.AskAsync("resume", new { token = token.Value });
        Assert.Equal("invalid_token", (string?)answer["code"]);
    }

    [BrowserFact]
    public async Task Logging_in_elsewhere_asks_first_and_the_other_can_take_it_back()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var before = await gateway.EnterAsync("ada");
        var after = await gateway.OpenAsync();

        await after.AskToLogInAsync("ada");
        var question = after.Page.GetByRole(AriaRole.Dialog, new() { Name = "Logged in elsewhere" });
        await Expect(question).ToContainTextAsync("is logged in on another device or browser, since ");
        await after.Button("Log in here").ClickAsync();

        await Expect(after.Conversations).ToBeVisibleAsync();
        await before.Button("Use it here").ClickAsync();
        await Expect(before.Conversations).ToBeVisibleAsync();
        await Expect(after.Button("Use it here")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_tab_that_was_disconnected_stays_so_when_the_tab_that_had_the_line_is_closed()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var first = await gateway.EnterAsync("ada");
        var second = await first.OpenTabAsync();
        await Expect(second.Conversations).ToBeVisibleAsync();
        var elsewhere = await gateway.OpenAsync();
        await elsewhere.AskToLogInAsync("ada");
        await elsewhere.Button("Log in here").ClickAsync();
        await Expect(second.Button("Use it here")).ToBeVisibleAsync();

        await first.Page.CloseAsync();
        await second.Page.WaitForFunctionAsync("async () => (await navigator.locks.query()).pending.length === 0");
        await elsewhere.FindAsync("ada");
        await elsewhere.SendAsync("still here");
        await elsewhere.SeeStateAsync("still here", "Delivered");

        await Expect(second.Button("Use it here")).ToBeVisibleAsync();
        await second.Button("Use it here").ClickAsync();
        await Expect(second.Conversations).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Over_plain_HTTP_from_another_machine_each_tab_is_for_itself()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var first = await gateway.OpenPlainAsync();
        await first.SignUpAsync("ada");
        Assert.False(await first.Page.EvaluateAsync<bool>("() => isSecureContext"));

        var second = await first.OpenTabAsync();
        await Expect(first.Button("Use it here")).ToBeVisibleAsync();
        await second.FindAsync("ada");
        await second.SendAsync("from the second tab");
        await second.SeeStateAsync("from the second tab", "Delivered");

        await first.Button("Use it here").ClickAsync();
        await Expect(first.Row("ada")).ToContainTextAsync("from the second tab");
        await Expect(second.Button("Use it here")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_password_that_is_changed_without_a_login_behind_it_leads_to_the_login()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        await ada.Page.RouteAsync("**/session", route => route.AbortAsync()); // the connection breaks in this moment

        await ada.Button("Account and settings").ClickAsync();
        await ada.Page.GetByRole(AriaRole.Dialog).GetByText("Change password").First.ClickAsync();
        await ada.Field("Old password").FillAsync("pw");
        await ada.Field("New password").FillAsync("better");
        await ada.Button("Change password").ClickAsync();
        await Expect(ada.Button("Log in")).ToBeVisibleAsync();
        await ada.Page.UnrouteAsync("**/session");
        await ada.LogInAsync("ada", "better");
    }

    [BrowserFact]
    public async Task A_wrong_password_is_told_and_what_was_typed_stays()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.OpenAsync();

        await ada.AskToLogInAsync("ada", "wrong");

        await Expect(ada.Page.GetByRole(AriaRole.Alert).GetByText("The name or the password is wrong."))
            .ToBeVisibleAsync();
        await Expect(ada.Field("Name")).ToHaveValueAsync("ada");
    }

    [BrowserFact]
    public async Task A_changed_password_is_the_one_to_log_in_with()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");

        await ada.Button("Account and settings").ClickAsync();
        var account = ada.Page.GetByRole(AriaRole.Dialog);
        await account.GetByText("Change password").First.ClickAsync();
        await ada.Field("Old password").FillAsync("pw");
        await ada.Field("New password").FillAsync("better");
        await ada.Button("Change password").ClickAsync();
        await Expect(ada.Page.GetByText("The password is changed.")).ToBeVisibleAsync();
        await ada.Page.ReloadAsync();
        await Expect(ada.Conversations).ToBeVisibleAsync();
        await ada.Page.CloseAsync();

        var again = await gateway.OpenAsync();
        await again.AskToLogInAsync("ada", "pw");
        await Expect(again.Page.GetByText("The name or the password is wrong.")).ToBeVisibleAsync();
        await again.LogInAsync("ada", "better");
    }

    [BrowserFact]
    public async Task A_deleted_account_is_gone_in_every_tab_and_its_name_stays_taken()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        var other = await ada.OpenTabAsync();
        await Expect(other.Conversations).ToBeVisibleAsync();

        await ada.Button("Account and settings").ClickAsync();
        await ada.Page.GetByRole(AriaRole.Dialog).GetByText("Delete account").First.ClickAsync();
        await Expect(ada.Page.GetByText("every message you sent, also for the people")).ToBeVisibleAsync();
        await ada.Field("Type ada to confirm").FillAsync("ad");
        await ada.Button("Delete account").ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync(); // not the name: nothing is done
        await ada.Field("Type ada to confirm").FillAsync("ada");
        await ada.Field("Password").FillAsync("no");
        await ada.Button("Delete account").ClickAsync();
        await Expect(ada.Page.GetByText("The password is wrong.")).ToBeVisibleAsync();
        await ada.Field("Password").FillAsync("pw");
        await ada.Button("Delete account").ClickAsync();

        await Expect(ada.Button("Log in")).ToBeVisibleAsync();
        await Expect(other.Button("Log in")).ToBeVisibleAsync();
        await other.SignUpAsync("eve", "new");
        await Expect(other.Page.GetByText("No conversations yet")).ToBeVisibleAsync();
    }

    // Cookies, both storages, and every record of every database.
    private const string Readable = """
        async () => {
          const parts = [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
          const done = (request) => new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
          for (const { name } of await indexedDB.databases()) {
            const database = await done(indexedDB.open(name));
            for (const store of database.objectStoreNames) {
              parts.push(JSON.stringify(await done(database.transaction(store).objectStore(store).getAll())));
            }
            database.close();
          }
          return parts.join('\n');
        }
        """;
}
