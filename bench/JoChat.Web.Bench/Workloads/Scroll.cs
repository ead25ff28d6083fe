using System.Globalization;

namespace JoChat.Web.Bench;

/// <summary>Somebody scrolls through a conversation that is very long.</summary>
internal sealed class Scroll(Browser browser, WebOptions options)
{
    private const int Wheel = 400, Jump = 1_000_000; // px a frame; a jump is more than there can be
    private static readonly TimeSpan JumpsFor = TimeSpan.FromSeconds(5);

    public static RunResult Target { get; } = new(
        [.. Ways.SelectMany(way => (Figure[])
            [new($"{way}: frame worst", "ms", 50), new($"{way}: frames over 50 ms", "", 0)])], []);

    private static string[] Ways => ["scroll up", "jump up", "scroll down"];

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        var (first, last) = LongConversation.Write(folder, "ada", "bob", options.Stored, cancellation);
        await using var gateway = await WebGateway.StartAsync(folder);
        var ada = await browser.OpenAsync(gateway.Address);
        await ada.LogInAsync("ada", LongConversation.Password);
        await ada.Row("bob").ClickAsync();
        await ada.SeeAsync(LongConversation.TextOf(last));

        var tools = await PageTools.OfAsync(ada.Page);
        var figures = new List<Figure>();
        figures.AddRange(await tools.SizeAsync("scroll: before"));
        figures.AddRange(await tools.TraceAsync(options.Traces, "scroll", async () => (IEnumerable<Figure>)
        [
            .. await ScrollAsync(ada, Ways[0], -Wheel, options.Duration, first),
            .. await ScrollAsync(ada, Ways[1], -Jump, JumpsFor, first),
            .. await ScrollAsync(ada, Ways[2], Wheel, options.Duration, last),
        ]));
        figures.AddRange(await tools.SizeAsync("scroll: after"));
        var result = new RunResult(figures, [.. ada.Faults]);
        await ada.Page.Context.DisposeAsync();
        return result;
    }

    private static async Task<IEnumerable<Figure>> ScrollAsync(
        Visitor visitor, string way, int step, TimeSpan duration, long end)
    {
        var passage = await MeasuringScripts.AskAsync<Passage>(visitor.Page, string.Create(
            CultureInfo.InvariantCulture,
            $"() => scrolling({{ step: {step}, milliseconds: {duration.TotalMilliseconds}, last: {end} }})"));
        return
        [
            new($"{way}: messages", "", passage.Passed),
            .. passage.Figures(way),
            new($"{way}: frames that waited", "", passage.Still),
            new($"{way}: elements, most", "", passage.Elements),
        ];
    }

    private sealed record Passage(
        double[] Intervals, double[] Long, string[] Blame, int Still, int Elements, int Passed)
        : FrameTimes(Intervals, Long, Blame);
}
