using System.Text.Json;
using Microsoft.Playwright;

namespace JoChat.Web.Bench;

/// <summary>What the browser's own tools tell of a page.</summary>
internal sealed class PageTools
{
    private const double PerMebibyte = 1 << 20;
    private readonly ICDPSession _session;

    private PageTools(ICDPSession session) => _session = session;

    public static async Task<PageTools> OfAsync(IPage page) => new(await page.Context.NewCDPSessionAsync(page));

    /// <summary>What the page holds after a garbage collection: its nodes, those outside the document too, and its
    /// script's heap.</summary>
    public async Task<IEnumerable<Figure>> SizeAsync(string when)
    {
        await _session.SendAsync("HeapProfiler.collectGarbage");
        var heap = await _session.SendAsync("Runtime.getHeapUsage");
        var counters = await _session.SendAsync("Memory.getDOMCounters");
        return
        [
            new($"{when}: nodes", "", Number(counters, "nodes")),
            new($"{when}: heap", "MiB", Number(heap, "usedSize") / PerMebibyte),
        ];
    }

    /// <summary>Runs something, and writes a trace of it if a folder is named.</summary>
    public async Task<T> TraceAsync<T>(string? folder, string name, Func<Task<T>> run)
    {
        if (folder is null) { return await run(); }
        await using var trace = await Trace.StartAsync(_session, Path.Combine(folder, $"{name}.trace.json"));
        return await run();
    }

    private static double Number(JsonElement? answer, string member) => answer!.Value.GetProperty(member).GetDouble();
}
