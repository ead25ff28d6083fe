using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace JoChat.Web.Tests;

/// <summary>Somebody at one tab of the page, who finds things by role and name as a screen reader does.</summary>
internal sealed class Visitor
{
    private const string TellViolations =
        "addEventListener('securitypolicyviolation', (event) => console.error('violation of ' + event.violatedDirective))";

    private readonly string _address;
    private readonly ConcurrentQueue<string> _faults = new();

    private Visitor(IPage page, string address)
    {
        (Page, _address) = (page, address);
        page.PageError += (_, fault) => _faults.Enqueue(fault);
        page.Console += (_, line) =>
        {
            if (line.Text.Contains("violat", StringComparison.OrdinalIgnoreCase)) { _faults.Enqueue(line.Text); }
        };
        page.Dialog += async (_, dialog) =>
        {
            _faults.Enqueue($"dialog {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>Exceptions that nobody caught, violations of the page's policy, dialogs of the browser.</summary>
    public IEnumerable<string> Faults => _faults;

    public ILocator Conversations => Page.GetByRole(AriaRole.Navigation, new() { Name = "Conversations" });

    public ILocator Composer => Page.GetByRole(AriaRole.Textbox, new() { Name = "Write to" });

    public ILocator Messages => Page.GetByRole(AriaRole.Log).GetByRole(AriaRole.Listitem);

    /// <summary>What the page says about its line.</summary>
    public ILocator NoConnection => Page.GetByText("No connection.").Or(Page.GetByText("Connecting…")).First;

    public static async Task<Visitor> OpenAsync(IBrowserContext context, string address)
    {
        var visitor = new Visitor(await context.NewPageAsync(), address);
        await visitor.Page.AddInitScriptAsync(TellViolations);
        await visitor.Page.GotoAsync(address);
        return visitor;
    }

    /// <summary>Another tab of the same browser.</summary>
    public Task<Visitor> OpenTabAsync() => OpenAsync(Page.Context, _address);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true });

    /// <summary>The messages of the open conversation that have this text.</summary>
    public ILocator Message(string text) => Messages.Filter(new() { HasText = text });

    public ILocator Row(string name) =>
        Conversations.GetByRole(AriaRole.Link).Filter(new() { Has = NameOf(name) });

    public async Task SignUpAsync(string name, string password = "pw")
    {
        await Button("Sign up").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Sign up" })).ToBeVisibleAsync();
        await Field("Name").FillAsync(name);
        await Field("Password").FillAsync(password);
        await Button("Sign up").ClickAsync();
        await Expect(Conversations).ToBeVisibleAsync();
    }

    public async Task AskToLogInAsync(string name, string password = "pw")
    {
        await Field("Name").FillAsync(name);
        await Field("Password").FillAsync(password);
        await Button("Log in").ClickAsync();
    }

    public async Task LogInAsync(string name, string password = "pw")
    {
        await AskToLogInAsync(name, password);
        await Expect(Conversations).ToBeVisibleAsync();
    }

    public async Task DeleteAccountAsync(string name, string password = "pw")
    {
        await Button("Account and settings").ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByText("Delete account").First.ClickAsync();
        await Field($"Type {name} to confirm").FillAsync(name);
        await Page.GetByRole(AriaRole.Dialog).GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Button("Delete account").ClickAsync();
        await Expect(Button("Log in")).ToBeVisibleAsync();
    }

    /// <summary>Finds somebody by name and opens the conversation.</summary>
    public async Task FindAsync(string name)
    {
        await Button("Find people").First.ClickAsync();
        await Page.GetByRole(AriaRole.Combobox).FillAsync(name);
        await Page.GetByRole(AriaRole.Option).Filter(new() { Has = NameOf(name) }).ClickAsync();
        await Expect(Composer).ToBeVisibleAsync();
    }

    /// <summary>Writes and sends; does not wait until it is stored.</summary>
    public async Task SendAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    /// <summary>Waits until the page has put itself aside for a start without a connection.</summary>
    public Task KeepShellAsync() => Page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => {})");

    /// <summary>Sees one message with this text in the open conversation.</summary>
    public Task SeeAsync(string text) => Expect(Message(text)).ToHaveCountAsync(1);

    /// <summary>Sees that an own message is stored, delivered or read.</summary>
    public Task SeeStateAsync(string text, string state) =>
        Expect(Message(text).Locator(".state")).ToHaveTextAsync(state);

    // Beside it is the first letter of the name, which can be all of it.
    private ILocator NameOf(string name) => Page.Locator(".name").GetByText(name, new() { Exact = true });
}
