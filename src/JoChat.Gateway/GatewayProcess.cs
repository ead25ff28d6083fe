using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using JoChat.Actors;
using JoChat.Cluster;
using JoChat.Storage;
using JoChat.Storage.Postgres;
using Microsoft.Extensions.Hosting.Systemd;

namespace JoChat.Gateway;

/// <summary>The whole process over a store: options → settings → node (store, actors) → listener, and back down in the
/// other order.</summary>
internal static class GatewayProcess
{
    // No response files: an argument that begins with "@" never names a file to read.
    internal static readonly ParserConfiguration Parsing = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    /// <summary>Runs until it is asked to stop, or fails.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="openStore">Opens the store that is configured. It is disposed of in the end, unless the writer is still
    /// at work then.</param>
    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(string[] arguments, Func<StorageSettings, IChatStore> openStore)
    {
        var command = new CommandLine().Create(configuration => ServeAsync(configuration, openStore));
        var parsed = command.Parse(arguments, Parsing);
        // It would be passed over silently.
        if (parsed.Tokens.FirstOrDefault(token => token.Type == TokenType.Directive) is { } directive)
        {
            return Fail(2, [$"there is no argument {directive.Value}; see --help"]);
        }
        // It stands for bytes that were no text: another file would be opened than the one that was named.
        if (Array.Exists(arguments, argument => argument.Contains('\uFFFD')))
        {
            return Fail(2, ["an argument is not valid UTF-8, or holds U+FFFD"]);
        }
        if (parsed.Errors.Count > 0) { return Fail(2, parsed.Errors.Select(error => error.Message)); }
        // Ctrl-C and SIGTERM belong to the host, which stops in order.
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or FileNotFoundException)
        {
            // The settings could not be read; inside is where.
            return Fail(2, [(fault.InnerException ?? fault).Message]);
        }
    }

    private static async Task<int> ServeAsync(IConfiguration configuration, Func<StorageSettings, IChatStore> openStore)
    {
        var settings = Settings.Read(configuration, out var faults);
        if (faults.Count > 0) { return Fail(2, faults); }
        using var survival = FileSizeSignal.Survive();
        using var instruments = Measures(settings) ? new Instruments() : null;
        using var certificate = settings.Gateway.Tls is { } tls ? new CertificateFile(tls) : null;
        try
        {
            return settings.Cluster.Role is ClusterRole.Alone
                ? await ServeAloneAsync(settings, openStore(settings.Storage), certificate, instruments)
                : await ServeAsync(
                    settings, loggers => StartMember(settings, openStore, loggers, instruments), certificate, instruments);
        }
        catch (Exception fault) when (fault is StorageException or StoreLostException)
        {
            return Fail(1, [fault.Message]);
        }
        catch (FormatException fault)
        {
            return Fail(2, [$"jochat.storage.postgres.connection-string: {fault.Message}"]);
        }
        catch (ActorConfigurationException fault) when (fault.Innermost is SocketException socket)
        {
            return Fail(1, [ListenFault.Describe(settings.Cluster, socket)]);
        }
        catch (ActorConfigurationException fault)
        {
            return Fail(2, [fault.Message]);
        }
    }

    // A store of a cluster has no HTTP port.
    private static bool Measures(Settings settings) =>
        settings.Telemetry.Measures(hasHttp: settings.Gateway.Http is not null && settings.Cluster.IsGateway);

    private static async Task<int> ServeAloneAsync(
        Settings settings, IChatStore store, CertificateFile? certificate, Instruments? instruments)
    {
        ChatService? chat = null;
        try
        {
            return await ServeAsync(settings, Start, certificate, instruments);
        }
        finally
        {
            // A writer that did not end in time still uses it.
            if (chat is null or { Stopped.IsCompleted: true }) { store.Dispose(); }
        }

        AloneNode Start(ILoggerFactory loggers)
        {
            chat = ChatService.Start(store, settings.Chat, TimeProvider.System, loggers, instruments?.Actors);
            WatchFiles(settings, instruments);
            return new AloneNode(store, chat);
        }
    }

    private static MemberNode StartMember(
        Settings settings, Func<StorageSettings, IChatStore> openStore, ILoggerFactory loggers, Instruments? instruments)
    {
        var cluster = settings.Cluster;
        var options = new ClusterOptions
        {
            IsStore = cluster.IsStore,
            IsOnlyStore = cluster.IsStore && settings.Storage.Engine is StorageEngine.Sqlite,
            IsGateway = cluster.IsGateway,
            Host = cluster.Host,
            Port = cluster.Port,
            SeedNodes = cluster.SeedNodeList,
            Files = cluster.HasTls ? new NodeFiles(cluster.Certificate, cluster.Key, cluster.Authority) : null,
        };
        var store = settings.Storage with { TakesOver = true };
        if (cluster.IsStore && store.Engine is StorageEngine.Postgres) { PostgresChatStore.Check(store.ConnectionString); }
        if (cluster.IsStore) { WatchFiles(settings, instruments); }
        var node = ClusterNode.Start(
            options, settings.Chat, () => openStore(store), TimeProvider.System, loggers, instruments?.ForNode());
        return new MemberNode(node, cluster);
    }

    private static void WatchFiles(Settings settings, Instruments? instruments)
    {
        if (settings.Storage.Engine is StorageEngine.Sqlite)
        {
            instruments?.Gateway.Watch(new StoreFiles(settings.Storage.Path));
        }
    }

    private static async Task<int> ServeAsync(
        Settings settings, Func<ILoggerFactory, INode> startNode, CertificateFile? certificate, Instruments? instruments)
    {
        if (!settings.Cluster.IsGateway) { return await ServeStoreAsync(settings, startNode, instruments); }
        await using var app = GatewayServer.Build(settings, startNode, certificate, TimeProvider.System, instruments);
        var node = app.Services.GetRequiredService<INode>();
        try
        {
            await app.StartAsync();
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            await node.StopAsync();
            return Fail(1, [ListenFault.Describe(GatewayServer.Addresses(app).Count, settings.Gateway, fault)]);
        }
        var limit = app.Services.GetRequiredService<ConnectionLimit>();
        return await RunAsync(app, node, settings, () => limit.Open, Greet);

        void Greet()
        {
            var addresses = GatewayServer.Addresses(app);
            var page = addresses.Count > 1
                ? $"; open {PageAddress(addresses[1], isTls: certificate is not null)} in a browser" : "";
            Console.WriteLine($"JoChat {ProgramVersion.Text} listens on {addresses[0]}{page}; {node.Place}");
            if (certificate is not null)
            {
                Console.WriteLine($"The certificate's fingerprint is {certificate.Fingerprint}");
            }
            if (settings.Gateway.MayBeUnencrypted)
            {
                Console.WriteLine("Passwords and messages may be sent unencrypted: jochat.gateway.tls.required is off");
            }
        }
    }

    // A node without clients has no sockets but those of the cluster.
    private static async Task<int> ServeStoreAsync(
        Settings settings, Func<ILoggerFactory, INode> startNode, Instruments? instruments)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        ProcessLog.Add(builder, settings.LogLevel);
        if (instruments is not null) { MetricsExport.Add(builder.Services, settings.Telemetry, isScraped: false); }
        using var host = builder.Build();
        await host.StartAsync();
        var node = startNode(host.Services.GetRequiredService<ILoggerFactory>());
        return await RunAsync(host, node, settings, () => null, () =>
            Console.WriteLine($"JoChat {ProgramVersion.Text} is a store at {settings.Cluster}; {node.Place}"));
    }

    private static async Task<int> RunAsync(
        IHost host, INode node, Settings settings, Func<int?> countConnections, Action greet)
    {
        AdminServer? admin;
        try
        {
            admin = await AdminServer.TryStartAsync(
                settings.Admin, node.Administration, countConnections, host.Services.GetRequiredService<ILoggerFactory>());
        }
        catch (IOException fault)
        {
            await host.StopAsync();
            await node.StopAsync();
            return Fail(1, [fault.Message]);
        }
        await using (admin)
        {
            greet();
            new SystemdNotifier().Notify(ServiceState.Ready); // if systemd asks for it (Type=notify)
            var asked = host.WaitForShutdownAsync();
            if (await Task.WhenAny(asked, node.Ended) != asked) { await host.StopAsync(); }
            var (status, fault) = await node.StopAsync();
            return fault is null ? status : Fail(status, [fault]);
        }
    }

    /// <summary>What a browser on this machine opens. What stands for every address is none to open.</summary>
    internal static string PageAddress(IPEndPoint http, bool isTls)
    {
        var isAny = http.Address.Equals(IPAddress.Any) || http.Address.Equals(IPAddress.IPv6Any);
        var host = isAny ? FormattableString.Invariant($"localhost:{http.Port}") : http.ToString();
        return (isTls ? "https://" : "http://") + host;
    }

    /// <summary>Tells faults on stderr.</summary>
    /// <returns>The exit status.</returns>
    internal static int Fail(int status, IEnumerable<string> faults)
    {
        foreach (var fault in faults) { Console.Error.WriteLine($"jochat-gateway: {fault}"); }
        return status;
    }
}
