using System.Globalization;
using JoChat.Testing;

namespace JoChat.Web.Bench;

/// <summary>A gateway process that serves the page.</summary>
internal sealed class WebGateway : IAsyncDisposable
{
    private WebGateway(ChatServer server, int httpPort) => (Server, Address) = (
        server, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{httpPort}/"));

    /// <summary>The same for clients that are no pages.</summary>
    public ChatServer Server { get; }

    /// <summary>The page.</summary>
    public string Address { get; }

    public static async Task<WebGateway> StartAsync(TemporaryFolder folder)
    {
        var httpPort = FreePort.Find();
        return new WebGateway(await ChatServer.StartAsync(folder, httpPort: httpPort), httpPort);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
