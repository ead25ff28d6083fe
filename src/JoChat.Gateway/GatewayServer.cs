using System.Net;
using System.Net.Security;
using JoChat.Actors;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace JoChat.Gateway;

/// <summary>The web server with its ports, not yet started.</summary>
internal static class GatewayServer
{
    /// <summary>Puts it together.</summary>
    /// <param name="running">The settings.</param>
    /// <param name="loggers">Where it logs; their owner disposes of them.</param>
    /// <param name="startNode">Starts what serves the clients. It is called before anything listens.</param>
    /// <param name="certificate">For TLS on both ports; null if there is none.</param>
    /// <param name="time">The clock of time-outs and messages.</param>
    /// <param name="instruments">What measures it; null if nothing is measured. Its owner disposes of it.</param>
    public static WebApplication Build(
        Changeable<Settings> running, ILoggerFactory loggers, Func<ILoggerFactory, INode> startNode,
        CertificateFile? certificate, TimeProvider time, Instruments? instruments = null)
    {
        var settings = running.Value;
        var (options, changeable) = (settings.Gateway, running.Of(now => now.Gateway));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);

        builder.Services.AddSingleton(loggers).AddSingleton(time);
        builder.Services.AddSingleton(changeable).AddSingleton(running.Of(now => now.Chat));
        builder.Services.AddSingleton(_ => startNode(loggers));
        builder.Services.AddSingleton(services => services.GetRequiredService<INode>().Chat!);
        builder.Services.AddSingleton(services => new ConnectionLimit(
            changeable, OpenFiles.Limit(), time, services.GetRequiredService<ILogger<ConnectionLimit>>())
        {
            Refusals = instruments?.Gateway.Refusals,
        });
        builder.Services.AddSingleton(services => new MemoryBudget(
            changeable, time, services.GetRequiredService<ILogger<MemoryBudget>>())
        {
            Refusals = instruments?.Gateway.Refusals,
        });
        builder.Services.AddSingleton<RequestPump>();
        builder.Services.AddSingleton<ChatConnectionHandler>();
        builder.Services.AddSingleton<WebSocketEndpoint>().AddSingleton<SessionEndpoint>();
        builder.Services.AddSingleton<IConnectionListenerFactory, ListenerFactory>();
        if (instruments is not null)
        {
            builder.Services.AddSingleton(instruments.Gateway);
            MetricsExport.Add(builder.Services, settings.Telemetry, isScraped: settings.Gateway.Http is not null);
        }
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => Listen(kestrel, options, certificate));

        var app = builder.Build();
        certificate?.Watch(time, app.Services.GetRequiredService<ILogger<CertificateFile>>());
        instruments?.Gateway.Watch(
            app.Services.GetRequiredService<ConnectionLimit>(), app.Services.GetRequiredService<MemoryBudget>());
        if (options.Http is { } http) { HttpPort.Use(app, http, options.Proxies, settings.Telemetry); }
        return app;
    }

    /// <summary>The addresses it listens on: the chat port's, then the HTTP port's if there is one. Fewer if it could
    /// not listen on one.</summary>
    public static IReadOnlyList<IPEndPoint> Addresses(WebApplication app) =>
    [
        .. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address))
            .Select(uri => new IPEndPoint(IPAddress.Parse(uri.Host), uri.Port)),
    ];

    private static void Listen(KestrelServerOptions kestrel, GatewayOptions options, CertificateFile? certificate)
    {
        var limit = kestrel.ApplicationServices.GetRequiredService<ConnectionLimit>();
        limit.CheckWish();
        kestrel.AddServerHeader = false;
        kestrel.Limits.KeepAliveTimeout = kestrel.Limits.RequestHeadersTimeout = options.HandshakeTimeout;
        kestrel.Limits.MinResponseDataRate = null; // who reads a WebSocket slowly is not cut off
        kestrel.Listen(options.Host, options.Port, listener =>
        {
            listener.Use(limit.Guard).Use(KeepAlive.Enable);
            var time = kestrel.ApplicationServices.GetRequiredService<TimeProvider>();
            listener.Use(new ProxyProtocol(options.Proxies, options.HandshakeTimeout, time).Read);
            ListenForChat(listener, options, certificate);
        });
        if (options.Http is not { } http) { return; }
        kestrel.Listen(http.Host, http.Port, listener =>
        {
            listener.Protocols = HttpProtocols.Http1;
            listener.Use(limit.Guard).Use(KeepAlive.Enable);
            if (certificate is null) { return; }
            listener.UseHttps(Tls(certificate, options.HandshakeTimeout, isHttp: true));
        });
    }

    // The framework's TLS stands behind the detection, which calls it only for a client that begins with TLS.
    private static void ListenForChat(ListenOptions listener, GatewayOptions options, CertificateFile? certificate)
    {
        var handler = listener.ApplicationServices.GetRequiredService<ChatConnectionHandler>();
        if (certificate is null)
        {
            listener.Run(connection => handler.ServeAsync(connection, tls: null));
            return;
        }
        listener.Use(tls => connection => handler.ServeAsync(connection, tls));
        // ChatConnectionHandler's own time covers all of it and says so in the log: this one must never be first.
        listener.UseHttps(Tls(certificate, options.HandshakeTimeout + TimeSpan.FromMinutes(1), isHttp: false));
        listener.Run(handler.ServeInsideTlsAsync);
    }

    private static TlsHandshakeCallbackOptions Tls(CertificateFile certificate, TimeSpan timeout, bool isHttp) => new()
    {
        HandshakeTimeout = timeout,
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Current,
            ApplicationProtocols = isHttp ? null : [], // null: HTTP's are offered
        }),
    };
}
