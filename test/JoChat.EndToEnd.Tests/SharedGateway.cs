namespace JoChat.EndToEnd.Tests;

/// <summary>One gateway for all tests of a class, with the defaults of a real one. Tests use names of their
/// own.</summary>
public sealed class SharedGateway : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private GatewayProcess? _gateway;

    internal GatewayProcess Process => _gateway!;

    internal Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Process.Port);

    internal Task<RawClient> EnterAsync(string user) => RawClient.EnterAsync(Process.Port, user);

    public async Task InitializeAsync() => _gateway = await GatewayProcess.StartAsync(_folder.Path);

    public async Task DisposeAsync() => await Process.DisposeAsync();

    public void Dispose() => _folder.Dispose();
}
