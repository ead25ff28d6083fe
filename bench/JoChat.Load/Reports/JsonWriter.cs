using System.Runtime.InteropServices;
using System.Text.Json;

namespace JoChat.Load;

/// <summary>A report for machines: the values of each run, in the order of the runs.</summary>
internal static class JsonWriter
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static async Task WriteAsync(Report report, LoadOptions options, CancellationToken cancellation)
    {
        if (options.Json is null) { return; }
        await using var file = File.Create(options.Json);
        await JsonSerializer.SerializeAsync(file, new
        {
            report.Workload,
            At = DateTimeOffset.UtcNow,
            Machine = new
            {
                Environment.ProcessorCount,
                RuntimeInformation.OSDescription,
                RuntimeInformation.FrameworkDescription,
            },
            Options = new
            {
                options.Pairs,
                options.InFlight,
                options.Duration.TotalSeconds,
                options.Messages,
                options.Connections,
                options.ContentBytes,
                options.OnPostgres,
                options.Gateways,
                options.Tls,
            },
            Columns = report.Columns.Select(column => column.Name),
            Figures = report.Rows(), // the values of each column, in their order
            report.Faults,
        }, Layout, cancellation);
    }
}
