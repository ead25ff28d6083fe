using System.Diagnostics;

namespace JoChat.Web.Bench;

/// <summary>Somebody writes in a conversation while very many messages arrive in it.</summary>
internal sealed class Flood(Browser browser, WebOptions options)
{
    private const int PerSecond = 1_000, WarmUp = 1_000; // so that the page has as many messages as it keeps
    private const string Input = "flood: input";
    private static readonly TimeSpan BetweenKeys = TimeSpan.FromMilliseconds(200);
    private readonly LoadState _state = new();

    public static RunResult Target { get; } = new([new($"{Input}, worst", "ms", 100)], []);

    public async Task<RunResult> RunAsync(CancellationToken cancellation)
    {
        using var folder = TemporaryFolder.OnDisk(options.Folder);
        await using var gateway = await WebGateway.StartAsync(folder);
        var ada = await browser.OpenAsync(gateway.Address);
        await ada.SignUpAsync("ada", Requests.Password);
        var messages = new MessageFrames("bob", ["ada"]);
        var bob = PacedSender.Begin(await gateway.Server.LogInAsync("bob", wantsPush: false), _state, messages);
        await SendAsync(bob, WarmUp, cancellation);
        await ada.Row("bob").ClickAsync();
        await SeeLastAsync(ada, messages);

        var tools = await PageTools.OfAsync(ada.Page);
        var before = await tools.SizeAsync("flood: before");
        await ada.Composer.FocusAsync();
        var figures = await tools.TraceAsync(options.Traces, "flood", async () =>
        {
            await ada.Page.EvaluateAsync("() => { keyMeter.start(); frameMeter.start(); }");
            var sending = SendAsync(bob, options.Arriving, cancellation);
            var driven = await TypeAsync(ada, sending);
            var (took, sentAt) = (await sending, Stopwatch.GetTimestamp());
            await SeeLastAsync(ada, messages);
            var shown = Stopwatch.GetElapsedTime(sentAt).TotalSeconds;
            return (IEnumerable<Figure>)
            [
                Figure.Rate("flood: arriving", options.Arriving, took),
                new("flood: last one shown after", "s", shown),
                .. await KeysAsync(ada, driven),
                .. (await MeasuringScripts.AskAsync<FrameTimes>(ada.Page, "() => frameMeter.stop()")).Figures("flood"),
            ];
        });
        var result = new RunResult(
            [.. figures, .. before, .. await tools.SizeAsync("flood: after")], [.. _state.Faults, .. ada.Faults]);
        await ada.Page.Context.DisposeAsync();
        return result;
    }

    // Until all of them are stored; returns the seconds it took to send them.
    private async Task<double> SendAsync(PacedSender sender, int count, CancellationToken cancellation)
    {
        var took = await Pacer.RunAsync([sender], PerSecond, count, cancellation);
        var areStored = await Polling.UntilAsync(
            () => _state.HasFailed || sender.Answered == sender.Sent, Polling.Timeout, cancellation);
        return areStored && !_state.HasFailed ? took : throw _state.Broken("Not all messages were stored");
    }

    // Returns what the keys took as the driver sees it, which includes its own way to the browser.
    private static async Task<List<double>> TypeAsync(Visitor visitor, Task sending)
    {
        using var timer = new PeriodicTimer(BetweenKeys);
        var driven = new List<double>();
        while (!sending.IsCompleted)
        {
            await timer.WaitForNextTickAsync();
            var began = Stopwatch.GetTimestamp();
            await visitor.Page.Keyboard.PressAsync("a");
            driven.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return driven;
    }

    private static Task SeeLastAsync(Visitor visitor, MessageFrames messages) =>
        visitor.SeeAsync(FormattableString.Invariant($"{messages.Written - 1:D10} "));

    private static async Task<IEnumerable<Figure>> KeysAsync(Visitor visitor, List<double> driven)
    {
        var keys = await MeasuringScripts.AskAsync<KeyTimes>(visitor.Page, "() => keyMeter.stop()");
        return
        [
            new("flood: keys", "", keys.Delays.Length),
            .. Sample.MedianAndWorst(Input, "ms", keys.Delays),
            new("flood: event timing, worst", "ms", Sample.Percentile(keys.Events, 100)),
            .. Sample.MedianAndWorst("flood: input by the driver", "ms", driven),
        ];
    }

    private sealed record KeyTimes(double[] Delays, double[] Events);
}
