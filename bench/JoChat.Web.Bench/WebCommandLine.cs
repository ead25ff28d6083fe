using System.CommandLine;

namespace JoChat.Web.Bench;

/// <summary>The program's command: which parts are measured, and how.</summary>
internal static class WebCommandLine
{
    private static readonly string[] Parts = ["load", "flood", "scroll"];

    /// <summary>Makes the program's command.</summary>
    public static RootCommand Create()
    {
        var common = new CommonOptions();
        var parts = new Argument<string[]>("parts")
        {
            Description = "What is measured; all of it unless named",
            Arity = ArgumentArity.ZeroOrMore,
        }.AcceptOnlyFromAmong(Parts);
        var visits = CommonOptions.Number("--visits", "load: first visits", 5, 1, 100);
        var arriving = CommonOptions.Number("--arriving", "flood: messages, 1,000 a second", 10_000, 1_000, 1_000_000);
        var stored = CommonOptions.Number(
            "--stored", "scroll: messages in the conversation", 100_000, 1_000, 1_000_000);
        var seconds = CommonOptions.Number(
            "--seconds", "scroll: how long up and how long down, unless an end is reached", 15, 1, 3_600);
        var traces = new Option<DirectoryInfo>("--traces")
        {
            Description = "flood, scroll: also writes traces for the browser's tools; slows the page down",
            HelpName = "DIR",
        }.AcceptExistingOnly();
        var command = new RootCommand(
            """
            Measures the web client in a real Chromium, with a real gateway process over loopback.
            Exit status: 0 measured, 1 the page failed or a message did not arrive, 2 wrong usage.
            """)
        {
            parts, visits, arriving, stored, seconds, traces, common.Runs, common.Folder, common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed);
            var web = new WebOptions(
                options.Folder, parsed.GetValue(visits), parsed.GetValue(arriving), parsed.GetValue(stored),
                TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(traces)?.FullName);
            var named = parsed.GetValue(parts)!;
            var chosen = named.Length == 0 ? Parts : Parts.Intersect(named).ToArray();
            return WebMeasurement.Of(chosen, web, cancellation).RunAsync(options, cancellation);
        });
        return command;
    }
}
