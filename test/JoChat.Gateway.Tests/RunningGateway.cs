using System.Net;
using System.Net.Sockets;
using JoChat.Actors;
using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JoChat.Gateway.Tests;

/// <summary>A gateway in this process on free ports, with real sockets and a database of its own.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteChatStore _store;
    private readonly CertificateFile? _certificate;
    private readonly Instruments? _instruments;
    private readonly WebApplication _app;
    private readonly LogLines _log = new();
    private readonly ProcessLog _process = new(new LogSettings(LogLevel.Debug, LogFormat.Text));

    private RunningGateway(
        GatewayOptions options, ChatOptions chat, TimeProvider time, TelemetrySettings telemetry, int? oldSchema)
    {
        if (oldSchema is { } schema) { OldDatabases.Unpack(schema, _folder.File("chat.db")); }
        _store = SqliteChatStore.Open(_folder.File("chat.db"), skeletonOf: Skeleton.Of);
        _certificate = options.Tls is { } tls ? new CertificateFile(tls) : null;
        chat = chat with { Passwords = chat.Passwords with { Iterations = 1 } };
        var settings = new Settings(options, chat, new StorageSettings(), new ClusterSettings(), telemetry,
            new LogSettings(LogLevel.Debug, LogFormat.Text));
        _instruments = telemetry.Measures(hasHttp: true) ? new Instruments() : null;
        _app = GatewayServer.Build(
            settings, _process.Loggers,
            loggers => new AloneNode(_store, ChatService.Start(_store, chat, time, loggers, _instruments?.Actors)),
            _certificate, time, _instruments);
        _process.Loggers.AddProvider(_log);
    }

    public int Port => GatewayServer.Addresses(_app)[0].Port;

    public string Scheme => _certificate is null ? "http" : "https";

    public int HttpPort => GatewayServer.Addresses(_app)[1].Port;

    /// <summary>What was logged by the gateway itself, each line as "LEVEL text".</summary>
    public IReadOnlyCollection<string> Log => _log.Lines;

    /// <summary>Waits for the next line, or takes one that was not taken yet.</summary>
    public async Task<string> NextLogLineAsync()
    {
        await _log.Arrived.WaitAsync().OrFail();
        return _log.Lines.TryDequeue(out var line) ? line : throw new InvalidOperationException("taken by another");
    }

    // Meters of several gateways in one process are one to OpenTelemetry.
    private static TelemetrySettings Quiet { get; } = new() { Metrics = TelemetryAccess.Off };

    /// <summary>Starts one, which measures nothing unless it is told to. Its ports are free ones whatever the options say, and
    /// its database is empty, or the one of an old schema.</summary>
    public static async Task<RunningGateway> StartAsync(
        GatewayOptions? options = null, ChatOptions? chat = null, TimeProvider? time = null,
        TelemetrySettings? telemetry = null, int? oldSchema = null)
    {
        options ??= new GatewayOptions();
        var gateway = new RunningGateway(
            options with { Port = 0, Http = (options.Http ?? new HttpOptions()) with { Port = 0 } },
            chat ?? new ChatOptions(), time ?? TimeProvider.System, telemetry ?? Quiet,
            oldSchema);
        await gateway._app.StartAsync();
        return gateway;
    }

    /// <summary>A connection to the chat port that sends each write by itself.</summary>
    public async Task<NetworkStream> ConnectAsync(int? port = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port ?? Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>An HTTP client that takes a self-signed certificate and neither follows nor keeps nor decodes anything.
    /// </summary>
    public HttpClient Browse()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == shown?.Issuer;
        return new HttpClient(handler) { BaseAddress = new Uri($"{Scheme}://127.0.0.1:{HttpPort}") };
    }

    /// <summary>Begins to stop, as a service manager asks for it.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.Services.GetRequiredService<ChatService>().StopAsync();
        await _app.DisposeAsync();
        _certificate?.Dispose();
        _instruments?.Dispose();
        _process.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }
}
