using JoChat.Actors;
using Microsoft.AspNetCore.HttpOverrides;
using OpenTelemetry.Metrics;

namespace JoChat.Gateway;

/// <summary>What the HTTP port answers.</summary>
internal static class HttpPort
{
    // Unsolicited pongs keep proxies, many of which wait a minute, from closing an idle connection. A ping would cut
    // off a slow reader: its pong waits behind messages.
    private static readonly TimeSpan PongInterval = TimeSpan.FromSeconds(25);

    public static void Use(WebApplication app, HttpOptions http, TrustedProxies proxies, TelemetrySettings telemetry)
    {
        var webSockets = app.Services.GetRequiredService<WebSocketEndpoint>();
        var session = app.Services.GetRequiredService<SessionEndpoint>();
        var page = new Page();
        var hosts = new HostCheck(http.AllowedHosts);
        var origins = new OriginCheck(http.AllowedOrigins);
        // With no network at all in its list the framework believes everybody.
        if (proxies.Networks.Count > 0) { app.UseForwardedHeaders(Forwarded(proxies)); }
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = PongInterval });
        app.Use(next => context =>
        {
            SecurityHeaders.Write(context);
            return hosts.Allows(context) ? next(context) : HostCheck.RefuseAsync(context);
        });
        Telemetry(app).Map(app, telemetry.Health, telemetry.Metrics);
        app.Run(context => context.Request.Path.Value switch
        {
            "/ws" => webSockets.ServeAsync(context, origins),
            "/session" => session.ServeAsync(context, origins),
            _ => page.ServeAsync(context),
        });
    }

    private static TelemetryEndpoints Telemetry(WebApplication app) => new(
        new ReadyCheck(
            app.Services.GetRequiredService<ChatService>().FindOutageAsync, app.Services.GetRequiredService<TimeProvider>(),
            app.Lifetime.ApplicationStopping),
        app.Services.GetService<MeterProvider>());

    // Of each proxy that is trusted, from the nearest on.
    private static ForwardedHeadersOptions Forwarded(TrustedProxies proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies.Networks) { options.KnownIPNetworks.Add(network); }
        return options;
    }

    /// <summary>Answers with one line of text.</summary>
    public static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    /// <summary>Refuses a method that is not in the list.</summary>
    public static Task RefuseMethodAsync(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return AnswerAsync(context, StatusCodes.Status405MethodNotAllowed, $"This path takes only {allowed}.");
    }
}
