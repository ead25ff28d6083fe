using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>Whatever people write, and whatever they are called, is text.</summary>
[Collection(Chromium.Collection)]
[Trait("Speed", "Slow")]
public sealed class HostileTextTests(Chromium chromium)
{
    // After the usual lists of cross-site scripting. None may make an element, ask for an address or run.
    private static readonly string[] Corpus =
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<a href=javascript:alert(1)>x</a>",
        "javascript:alert(1)",
        "JaVaScRiPt://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "<base href=//evil.example>",
        "<meta http-equiv=refresh content=0;url=//evil.example>",
        "<form action=//evil.example><input name=password autofocus onfocus=alert(1)></form>",
        "<style>*{background:url(//evil.example)}</style>",
        "<link rel=stylesheet href=//evil.example>",
        "</bdi></li></ol><h1>Log in again</h1>",
        "<template><script>alert(1)</script></template>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        "{{constructor.constructor('alert(1)')()}}",
        "${alert(1)}",
        "' onmouseover='alert(1)",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "`<img src=x onerror=alert(1)>`",
        "https://example.org/\"onmouseover=alert(1)//",
        "https://example.org/<img src=x onerror=alert(1)>",
        "mailto:a@b\"><script>alert(1)</script>",
    ];

    private static readonly string[] Names =
    [
        "<img/src=x/onerror=alert(1)>", "\"><svg/onload=alert(1)>", "javascript:alert(1)", "__proto__", "constructor",
        "hasOwnProperty", "<script>alert(1)</script>", "%3Cscript%3E", "%", "#", "..", "a&amp;b", "${alert(1)}",
    ];

    [BrowserFact]
    public async Task No_text_becomes_an_element_a_request_or_a_script()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        using var bob = await RawClient.EnterAsync(gateway.Port, "bob");
        foreach (var text in Corpus) { await bob.SendMessageAsync("bob", "ada", text); }
        var requests = new List<string>();
        ada.Page.Request += (_, request) => requests.Add(request.Url);

        await ada.Row("bob").ClickAsync();

        await Expect(ada.Messages.Locator("bdi.text")).ToHaveCountAsync(Corpus.Length);
        var shown = await ada.Messages.Locator("bdi.text").AllTextContentsAsync();
        Assert.Equal(Corpus.Select(text => text.Replace("`", "", StringComparison.Ordinal)), shown);
        await AssertOnlyTextAsync(ada);
        Assert.DoesNotContain(requests, url => !url.StartsWith(gateway.Address, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task No_name_becomes_an_element_a_request_or_a_script()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        using var raw = await RawClient.ConnectAsync(gateway.Port);
        var allowed = new List<string>();
        foreach (var name in Names)
        {
            var signedUp = await raw.AskAsync("signup", new { username = name, password = "pw-" + name });
            if ((string?)signedUp["status"] != "ok") { continue; } // a name that is not allowed cannot do harm
            allowed.Add(name);
            using var person = await RawClient.ConnectAsync(gateway.Port);
            await person.LogInAsync(name);
            await person.SendMessageAsync(name, "ada", $"from {name}");
        }
        Assert.True(allowed.Count > Names.Length / 2, string.Join(' ', allowed));

        foreach (var name in allowed)
        {
            await ada.Row(name).ClickAsync();
            await Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true })).ToBeVisibleAsync();
            await ada.SeeAsync($"from {name}");
            await ada.SendAsync($"to {name}");
            await ada.SeeStateAsync($"to {name}", "Sent");
        }
        await ada.Button("Find people").First.ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(allowed.Count + 1);
        await AssertOnlyTextAsync(ada);
    }

    [BrowserFact]
    public async Task Links_open_nothing_but_web_and_mail_and_hide_where_they_come_from()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        await ada.FindAsync("ada");

        await ada.SendAsync("See https://example.org/a, javascript:alert(1) and mailto:a@example.org.");

        var links = ada.Messages.GetByRole(AriaRole.Link);
        await Expect(links).ToHaveTextAsync(["https://example.org/a", "mailto:a@example.org"]);
        foreach (var link in await links.AllAsync())
        {
            await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");
            await Expect(link).ToHaveAttributeAsync("target", "_blank");
        }
    }

    [BrowserFact]
    public async Task Characters_that_act_on_the_line_are_shown()
    {
        await using var gateway = await WebGateway.StartAsync(chromium);
        var ada = await gateway.EnterAsync("ada");
        using var bob = await RawClient.EnterAsync(gateway.Port, "bob");
        await bob.SendMessageAsync("bob", "ada", "invoice\u202Egnp.exe\u0007");

        await ada.Row("bob").ClickAsync();

        await ada.SeeAsync("invoice⟨U+202E⟩gnp.exe␇");
    }

    private static async Task AssertOnlyTextAsync(Visitor visitor)
    {
        await Expect(visitor.Page.Locator(
            "body script, body iframe, body style, body link, body base, body meta, body template, body math, body object, "
            + "[onerror], [onload], [onfocus], [onmouseover], img:not([src='icon.svg']), a[href^='javascript' i], "
            + "[src*=evil], [href*=evil]")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Faults);
    }
}
