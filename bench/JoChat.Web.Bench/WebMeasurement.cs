namespace JoChat.Web.Bench;

/// <summary>The parts of the measurement in one table.</summary>
internal static class WebMeasurement
{
    /// <summary>Of these parts, each with a gateway and a database of its own.</summary>
    public static Measurement Of(IReadOnlyList<string> parts, WebOptions options, CancellationToken cancellation) =>
        Measurement.BesideTarget($"web client: {string.Join(", ", parts)}", async () =>
        {
            await using var browser = await Browser.StartAsync();
            var results = new List<RunResult>();
            foreach (var part in parts) { results.Add(await RunAsync(part, browser, options, cancellation)); }
            return Joined(results);
        }, Joined([FirstLoad.Target, Flood.Target, Scroll.Target]));

    private static Task<RunResult> RunAsync(
        string part, Browser browser, WebOptions options, CancellationToken cancellation) => part switch
        {
            "load" => new FirstLoad(browser, options).RunAsync(),
            "flood" => new Flood(browser, options).RunAsync(cancellation),
            _ => new Scroll(browser, options).RunAsync(cancellation),
        };

    private static RunResult Joined(IReadOnlyList<RunResult> results) =>
        new([.. results.SelectMany(result => result.Figures)], [.. results.SelectMany(result => result.Faults)]);
}
