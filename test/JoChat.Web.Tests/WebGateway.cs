using System.Globalization;
using System.Text.RegularExpressions;
using JoChat.EndToEnd.Tests;
using Microsoft.Playwright;

namespace JoChat.Web.Tests;

/// <summary>A real gateway process on a database of its own, and the browsers that visit its page.</summary>
internal sealed partial class WebGateway : IAsyncDisposable
{
    /// <summary>A name that is not this machine's own: what comes from there by HTTP is not trusted by browsers.</summary>
    internal const string PlainHost = "chat.test";

    private readonly TemporaryFolder _folder = new();
    private readonly List<IBrowserContext> _contexts = [];
    private readonly Chromium _chromium;
    private string[] _arguments = [];
    private GatewayProcess _process = null!;

    private WebGateway(Chromium chromium) => _chromium = chromium;

    /// <summary>The port of clients that are no pages.</summary>
    public int Port => _process.Port;

    /// <summary>The page.</summary>
    public string Address { get; private set; } = string.Empty;

    public static async Task<WebGateway> StartAsync(Chromium chromium, bool hasCertificate = false)
    {
        var gateway = new WebGateway(chromium);
        if (hasCertificate) { gateway._arguments = await TestCertificate.WriteAsync(gateway._folder); }
        gateway._arguments =
        [
            "--port", Text(FreePort.Find()), "--http-port", Text(FreePort.Find()),
            "--set", $"jochat.http.allowed-hosts={PlainHost}",
            "--set", "jochat.session.password-shelter=0", // devices take turns here faster than people do
            .. gateway._arguments,
        ];
        gateway._process = await GatewayProcess.StartAsync(gateway._folder.Path, gateway._arguments);
        gateway.Address = HttpAddress().Match(gateway._process.FirstLine).Value + "/";
        return gateway;
    }

    /// <summary>Opens the page in a browser of its own that takes the gateway to be another machine, without TLS.</summary>
    public Task<Visitor> OpenPlainAsync() =>
        OpenAsync(new(), Address.Replace("127.0.0.1", PlainHost, StringComparison.Ordinal));

    /// <summary>Opens the page in a browser of its own.</summary>
    public Task<Visitor> OpenAsync(BrowserNewContextOptions? options = null) => OpenAsync(options ?? new(), Address);

    private async Task<Visitor> OpenAsync(BrowserNewContextOptions options, string address)
    {
        var context = await _chromium.OpenAsync(options);
        _contexts.Add(context);
        context.SetDefaultTimeout((float)Watchdog.Patience.TotalMilliseconds);
        return await Visitor.OpenAsync(context, address);
    }

    /// <summary>Opens the page in a browser of its own and signs up there.</summary>
    public async Task<Visitor> EnterAsync(string name, BrowserNewContextOptions? options = null)
    {
        var visitor = await OpenAsync(options);
        await visitor.SignUpAsync(name);
        return visitor;
    }

    /// <summary>Kills it as kill -9 does.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Starts it again, on the same ports and database.</summary>
    public async Task RestartAsync()
    {
        await _process.DisposeAsync();
        _process = await GatewayProcess.StartAsync(_folder.Path, _arguments);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts) { await context.DisposeAsync(); }
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"https?://[^;\s]+")]
    private static partial Regex HttpAddress();
}
