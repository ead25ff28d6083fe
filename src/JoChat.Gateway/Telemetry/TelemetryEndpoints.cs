using OpenTelemetry.Metrics;

namespace JoChat.Gateway;

/// <summary><c>/healthz</c>: the process serves. <c>/readyz</c>: requests of clients could be served now.
/// <c>/metrics</c>: all that is measured, for Prometheus.</summary>
internal sealed class TelemetryEndpoints(ReadyCheck ready, MeterProvider? meters)
{
    /// <summary>Adds them to what a server answers; what is off is not among it.</summary>
    /// <param name="app">The server.</param>
    /// <param name="health">Who may see the first two.</param>
    /// <param name="metrics">Who may see the last.</param>
    public void Map(IApplicationBuilder app, TelemetryAccess health, TelemetryAccess metrics)
    {
        Map(app, "/healthz", health, "health", answer => answer.Run(TellHealthAsync));
        Map(app, "/readyz", health, "health", answer => answer.Run(TellReadinessAsync));
        if (meters is null) { return; }
        Map(app, "/metrics", metrics, "metrics", answer => answer.UseOpenTelemetryPrometheusScrapingEndpoint(
            meters, predicate: _ => true, path: null, configureBranchedPipeline: null, optionsName: null));
    }

    private static void Map(
        IApplicationBuilder app, string path, TelemetryAccess access, string setting, Action<IApplicationBuilder> answer)
    {
        if (access is TelemetryAccess.Off) { return; }
        app.MapWhen(context => context.Request.Path == path, branch =>
        {
            branch.Use(next => context =>
            {
                context.Response.Headers.CacheControl = "no-store";
                if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
                {
                    return HttpPort.RefuseMethodAsync(context, "GET, HEAD");
                }
                return access is TelemetryAccess.Everyone || LocalPeer.Made(context)
                    ? next(context)
                    : HttpPort.AnswerAsync(context, StatusCodes.Status403Forbidden,
                        $"This is told on the server's machine alone (jochat.telemetry.{setting}).");
            });
            answer(branch);
        });
    }

    private static Task TellHealthAsync(HttpContext context) =>
        HttpPort.AnswerAsync(context, StatusCodes.Status200OK, "ok");

    private async Task TellReadinessAsync(HttpContext context)
    {
        var outage = await ready.FindOutageAsync();
        await (outage is null
            ? HttpPort.AnswerAsync(context, StatusCodes.Status200OK, "ready")
            : HttpPort.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, $"not ready: {outage}"));
    }
}
