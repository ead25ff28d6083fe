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

    /// <summary>Runs something, and writes what the page's thread did meanwhile if that is asked for.</summary>
    public async Task<T> ProfileAsync<T>(string? folder, string name, Func<Task<T>> run)
    {
        if (folder is null) { return await run(); }
        await _session.SendAsync("Profiler.enable");
        await _session.SendAsync("Profiler.start");
        var result = await run();
        var profile = (await _session.SendAsync("Profiler.stop"))!.Value.GetProperty("profile");
        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.cpuprofile"), profile.GetRawText());
        return result;
    }

    private static double Number(JsonElement? answer, string member) => answer!.Value.GetProperty(member).GetDouble();
}
