using System.CommandLine;

namespace JoChat.Load;

/// <summary>The program's commands and options, with their bounds.</summary>
internal sealed class CommandLine
{
    private readonly Option<int> _pairs = Number("--pairs", "Senders, each with a recipient of its own", 50, 1, 1000);
    private readonly Option<int> _inFlight = Number("--in-flight", "Unanswered sends each sender keeps", 32, 1, 64);
    private readonly Option<int> _seconds = Number("--seconds", "How long it is measured", 10, 1, 600);
    private readonly Option<int> _messages =
        Number("--messages", "How many are stored and drained", 20_000, 1, 1_000_000);
    private readonly Option<int> _runs = Number("--runs", "How often; the table shows medians", 1, 1, 20);

    private readonly Option<DirectoryInfo> _folder = new("--folder")
    {
        Description = "Where the databases are, on a disk",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()),
    };

    private readonly Option<FileInfo?> _json = new("--json")
    {
        Description = "Also writes the figures of every run to a file",
        HelpName = "FILE",
    };

    /// <summary>Makes the command that runs workloads by <paramref name="run"/>.</summary>
    public RootCommand Create(Func<string, LoadOptions, CancellationToken, Task<int>> run)
    {
        _folder.AcceptExistingOnly();
        var throughput = new Command("throughput", "Pairs of sender and recipient, both online")
        {
            _pairs, _inFlight, _seconds, _runs, _folder, _json,
        };
        throughput.SetAction((parsed, cancellation) => run("throughput", Read(parsed), cancellation));
        var away = new Command("away", "Messages for somebody offline, then drained by a login with push")
        {
            _messages, _inFlight, _runs, _folder, _json,
        };
        away.SetAction((parsed, cancellation) => run("away", ReadAway(parsed), cancellation));
        var check = new Command("self-check", "Checks the percentiles against sorted values");
        check.SetAction(_ => Check());
        var echo = new Command("echo-server", "The server of the echo floor") { Hidden = true };
        echo.SetAction((_, cancellation) => EchoServer.RunAsync(cancellation));
        return new RootCommand(
            """
            Loads a real gateway process over loopback, and measures the floors under it in the same run.
            Exit status: 0 measured, 1 a message was lost, doubled, disordered or refused, 2 wrong usage.
            """)
        {
            throughput, away, check, echo,
            LargeCommand.Create(_folder), new TortureCommand().Create(), TortureCommand.CreateGateway(),
        };
    }

    private LoadOptions Read(ParseResult parsed) => new()
    {
        Pairs = parsed.GetValue(_pairs),
        InFlight = parsed.GetValue(_inFlight),
        Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
        Runs = parsed.GetValue(_runs),
        Folder = parsed.GetValue(_folder)!.FullName,
        Json = parsed.GetValue(_json)?.FullName,
    };

    private LoadOptions ReadAway(ParseResult parsed) => new()
    {
        InFlight = parsed.GetValue(_inFlight),
        Duration = TimeSpan.FromSeconds(3),
        Messages = parsed.GetValue(_messages),
        Runs = parsed.GetValue(_runs),
        Folder = parsed.GetValue(_folder)!.FullName,
        Json = parsed.GetValue(_json)?.FullName,
    };

    private static int Check()
    {
        var fault = HistogramCheck.Run();
        Console.WriteLine(fault ?? "The percentiles are right.");
        return fault is null ? 0 : 1;
    }

    internal static Option<int> Number(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name)
        {
            Description = FormattableString.Invariant($"{description}, {least} to {most}"),
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            {
                result.AddError(FormattableString.Invariant($"{name} takes {least} to {most}, not {value}"));
            }
        });
        return option;
    }
}
