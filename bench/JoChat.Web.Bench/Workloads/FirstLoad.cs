namespace JoChat.Web.Bench;

/// <summary>First visits, each in a browser that has never seen the page.</summary>
internal sealed class FirstLoad(Browser browser, WebOptions options)
{
    private const string Size = "load: size", Interactive = "load: last byte to input";

    public static RunResult Target { get; } =
        new([new(Size, "kB", 100), new($"{Interactive}, worst", "ms", 200)], []);

    public async Task<RunResult> RunAsync()
    {
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        await using var gateway = await WebGateway.StartAsync(folder);
        var visits = new List<Visit>();
        var faults = new List<string>();
        for (var i = 0; i < options.Visits; i++)
        {
            var visitor = await browser.OpenAsync(gateway.Address);
            visits.Add(await MeasuringScripts.AskAsync<Visit>(visitor.Page, "() => firstLoad()"));
            await visitor.Page.Keyboard.PressAsync("a");
            if (await visitor.Field("Name").InputValueAsync() != "a") { faults.Add("The page did not take a key"); }
            faults.AddRange(visitor.Faults);
            await visitor.Page.Context.DisposeAsync();
        }
        return new RunResult(
        [
            new(Size, "kB", visits.Max(visit => visit.Bytes) / 1_000.0),
            new("load: requests", "", visits.Max(visit => visit.Requests)),
            .. Sample.MedianAndWorst(
                Interactive, "ms", [.. visits.Select(visit => visit.InteractiveAt - visit.LastByteAt)]),
            .. Sample.MedianAndWorst(
                "load: start to input", "ms", [.. visits.Select(visit => visit.InteractiveAt)]),
        ], faults);
    }

    private sealed record Visit(long Bytes, int Requests, double LastByteAt, double InteractiveAt);
}
