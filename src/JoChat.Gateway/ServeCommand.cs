using System.Net;
using System.Net.Sockets;
using JoChat.Actors;
using JoChat.Cluster;
using JoChat.Storage;
using JoChat.Storage.Postgres;
using Microsoft.Extensions.Hosting.Systemd;

namespace JoChat.Gateway;

/// <summary><c>serve</c>: the whole process over a store: settings → node (store, actors) → listener, and back down in the
/// other order.</summary>
internal sealed class ServeCommand : IDisposable
{
    private readonly SettingsSource _source;
    private readonly Func<StorageSettings, IChatStore> _openStore;
    private readonly Settings _settings; // those of the start, for what does not change
    private readonly RunningSettings _running;
    private readonly ProcessLog _log;
    private readonly Instruments? _instruments;
    private CertificateFile? _certificate;

    private ServeCommand(SettingsSource source, Settings settings, Func<StorageSettings, IChatStore> openStore)
    {
        (_source, _settings, _openStore) = (source, settings, openStore);
        _running = new RunningSettings(settings);
        _log = new ProcessLog(settings.Log);
        _instruments = Measures(settings) ? new Instruments() : null;
    }

    private Changeable<ChatOptions> Chat => _running.Changeable.Of(settings => settings.Chat);

    /// <summary>Runs until it is asked to stop, or fails.</summary>
    /// <param name="source">Where the settings are.</param>
    /// <param name="openStore">Opens the store that is configured. It is disposed of in the end, unless the writer is still
    /// at work then.</param>
    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(SettingsSource source, Func<StorageSettings, IChatStore> openStore)
    {
        var settings = Settings.Read(source.Read(), out var faults);
        if (faults.Count > 0) { return GatewayProcess.Fail(2, faults); }
        using var survival = FileSizeSignal.Survive();
        using var command = new ServeCommand(source, settings, openStore);
        return await command.RunAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate?.Dispose();
        _instruments?.Dispose();
        _log.Dispose();
    }

    private async Task<int> RunAsync()
    {
        if (_settings.Gateway.Tls is { } tls) { _certificate = new CertificateFile(tls); }
        using var reload = new SettingsReload(_source, _running, _log, _certificate).OnSignal();
        try
        {
            return _settings.Cluster.Role is ClusterRole.Alone
                ? await ServeAloneAsync(_openStore(_settings.Storage))
                : await ServeAsync(StartMember);
        }
        catch (Exception fault) when (fault is StorageException or StoreLostException)
        {
            return GatewayProcess.Fail(1, [fault.Message]);
        }
        catch (FormatException fault)
        {
            return GatewayProcess.Fail(2, [$"jochat.storage.postgres.connection-string: {fault.Message}"]);
        }
        catch (ActorConfigurationException fault) when (fault.Innermost is SocketException socket)
        {
            return GatewayProcess.Fail(1, [ListenFault.Describe(_settings.Cluster, socket)]);
        }
        catch (ActorConfigurationException fault)
        {
            return GatewayProcess.Fail(2, [fault.Message]);
        }
    }

    // A store of a cluster has no HTTP port.
    private static bool Measures(Settings settings) =>
        settings.Telemetry.Measures(hasHttp: settings.Gateway.Http is not null && settings.Cluster.IsGateway);

    private async Task<int> ServeAloneAsync(IChatStore store)
    {
        ChatService? chat = null;
        try
        {
            return await ServeAsync(Start);
        }
        finally
        {
            // A writer that did not end in time still uses it.
            if (chat is null or { Stopped.IsCompleted: true }) { store.Dispose(); }
        }

        AloneNode Start(ILoggerFactory loggers)
        {
            chat = ChatService.Start(store, Chat, TimeProvider.System, loggers, _instruments?.Actors);
            WatchFiles();
            return new AloneNode(store, chat);
        }
    }

    private MemberNode StartMember(ILoggerFactory loggers)
    {
        var cluster = _settings.Cluster;
        var options = new ClusterOptions
        {
            IsStore = cluster.IsStore,
            IsOnlyStore = cluster.IsStore && _settings.Storage.Engine is StorageEngine.Sqlite,
            IsGateway = cluster.IsGateway,
            Host = cluster.Host,
            Port = cluster.Port,
            SeedNodes = cluster.SeedNodeList,
            Files = cluster.HasTls ? new NodeFiles(cluster.Certificate, cluster.Key, cluster.Authority) : null,
        };
        var store = _settings.Storage with { TakesOver = true };
        if (cluster.IsStore && store.Engine is StorageEngine.Postgres) { PostgresChatStore.Check(store.ConnectionString); }
        if (cluster.IsStore) { WatchFiles(); }
        var node = ClusterNode.Start(
            options, Chat, () => _openStore(store), TimeProvider.System, loggers, _instruments?.ForNode());
        return new MemberNode(node, cluster);
    }

    private void WatchFiles()
    {
        if (_settings.Storage.Engine is StorageEngine.Sqlite)
        {
            _instruments?.Gateway.Watch(new StoreFiles(_settings.Storage.Path));
        }
    }

    private async Task<int> ServeAsync(Func<ILoggerFactory, INode> startNode)
    {
        if (!_settings.Cluster.IsGateway) { return await ServeStoreAsync(startNode); }
        await using var app = GatewayServer.Build(
            _running.Changeable, _log.Loggers, startNode, _certificate, TimeProvider.System, _instruments);
        var node = app.Services.GetRequiredService<INode>();
        try
        {
            await app.StartAsync();
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            await node.StopAsync();
            return GatewayProcess.Fail(
                1, [ListenFault.Describe(GatewayServer.Addresses(app).Count, _settings.Gateway, fault)]);
        }
        var limit = app.Services.GetRequiredService<ConnectionLimit>();
        return await RunAsync(app, node, () => limit.Open, Greet);

        void Greet()
        {
            var addresses = GatewayServer.Addresses(app);
            var page = addresses.Count > 1
                ? $"; open {PageAddress(addresses[1], isTls: _certificate is not null)} in a browser" : "";
            Console.WriteLine($"JoChat {ProgramVersion.Text} listens on {addresses[0]}{page}; {node.Place}");
            if (_certificate is not null)
            {
                Console.WriteLine($"The certificate's fingerprint is {_certificate.Fingerprint}");
            }
            if (_settings.Gateway.MayBeUnencrypted)
            {
                Console.WriteLine("Passwords and messages may be sent unencrypted: jochat.gateway.tls.required is off");
            }
        }
    }

    // A node without clients has no sockets but those of the cluster.
    private async Task<int> ServeStoreAsync(Func<ILoggerFactory, INode> startNode)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(_log.Loggers);
        if (_instruments is not null) { MetricsExport.Add(builder.Services, _settings.Telemetry, isScraped: false); }
        using var host = builder.Build();
        await host.StartAsync();
        var node = startNode(_log.Loggers);
        return await RunAsync(host, node, () => null, () =>
            Console.WriteLine($"JoChat {ProgramVersion.Text} is a store at {_settings.Cluster}; {node.Place}"));
    }

    private async Task<int> RunAsync(IHost host, INode node, Func<int?> countConnections, Action greet)
    {
        AdminServer? admin;
        try
        {
            admin = await AdminServer.TryStartAsync(
                _settings.Admin, node.Administration, countConnections, _log.Loggers);
        }
        catch (IOException taken)
        {
            await host.StopAsync();
            await node.StopAsync();
            return GatewayProcess.Fail(1, [taken.Message]);
        }
        var life = new LifeLog(_log.Loggers);
        using var signals = life.TellSignals();
        await using (admin)
        {
            life.TellStart(_source.Origin);
            greet();
            new SystemdNotifier().Notify(ServiceState.Ready); // if systemd asks for it (Type=notify)
            var asked = host.WaitForShutdownAsync();
            if (await Task.WhenAny(asked, node.Ended) != asked) { await host.StopAsync(); }
        }
        var (status, fault) = await StopAsync(node);
        life.TellEnd(status, fault);
        return status;
    }

    private static async Task<(int Status, string? Fault)> StopAsync(INode node)
    {
        try
        {
            return await node.StopAsync();
        }
        catch (StoreLostException lost)
        {
            return (1, lost.Message);
        }
    }

    /// <summary>What a browser on this machine opens. What stands for every address is none to open.</summary>
    internal static string PageAddress(IPEndPoint http, bool isTls)
    {
        var isAny = http.Address.Equals(IPAddress.Any) || http.Address.Equals(IPAddress.IPv6Any);
        var host = isAny ? FormattableString.Invariant($"localhost:{http.Port}") : http.ToString();
        return (isTls ? "https://" : "http://") + host;
    }
}
