using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace JoChat.Gateway;

/// <summary>Hands what is measured to OpenTelemetry, which nothing else in JoChat knows but
/// <see cref="TelemetryEndpoints"/>.</summary>
internal static class MetricsExport
{
    // Short, because a stop waits for the last one.
    private const int LongestExportMs = 2000;

    /// <summary>Adds it to a host.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="settings">Where to.</param>
    /// <param name="isScraped">Whether the host has an HTTP port, where Prometheus may fetch it.</param>
    public static void Add(IServiceCollection services, TelemetrySettings settings, bool isScraped)
    {
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("jochat", serviceVersion: ProgramVersion.Text))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter("JoChat.*", "System.Runtime");
                if (isScraped) { AddPrometheus(metrics); }
                if (settings.OtlpEndpoint is { } endpoint) { AddOtlp(metrics, endpoint, settings.OtlpInterval); }
            });
    }

    // Without the name of the meter on each series, which tells nothing: all names are different.
    private static void AddPrometheus(MeterProviderBuilder metrics) => metrics.AddPrometheusExporter(options =>
    {
        options.ScopeInfoEnabled = false;
        options.TargetInfoEnabled = false;
    });

    private static void AddOtlp(MeterProviderBuilder metrics, Uri endpoint, TimeSpan interval) =>
        metrics.AddOtlpExporter((exporter, reader) =>
        {
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/v1/metrics");
            exporter.TimeoutMilliseconds = LongestExportMs;
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)interval.TotalMilliseconds;
            reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = LongestExportMs;
        });
}
