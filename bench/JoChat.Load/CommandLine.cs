using System.CommandLine;

namespace JoChat.Load;

/// <summary>The program's commands and options, with their bounds.</summary>
internal sealed class CommandLine
{
    private readonly CommonOptions _common = new();
    private readonly Option<int> _pairs =
        CommonOptions.Number("--pairs", "Senders, each with a recipient of its own", 50, 1, 1000);
    private readonly Option<int> _inFlight =
        CommonOptions.Number("--in-flight", "Unanswered sends each sender keeps", 32, 1, 256);
    private readonly Option<int> _seconds = CommonOptions.Number("--seconds", "How long it is measured", 10, 1, 600);
    private readonly Option<int> _messages =
        CommonOptions.Number("--messages", "How many are stored and drained", 20_000, 1, 1_000_000);

    /// <summary>Makes the program's command.</summary>
    public RootCommand Create() => new(
        """
        Loads a real gateway process over loopback, and measures the floors under it in the same run.
        Exit status: 0 measured, 1 a message was lost, doubled, disordered or refused, or a client was cut off,
        2 wrong usage.
        """)
    {
        Throughput(),
        Away(),
        IdleCommand.Create(_common),
        StormCommand.Create(_common),
        StalledCommand.Create(_common),
        LargeCommand.Create(_common),
        new TortureCommand().Create(),
        TortureCommand.CreateGateway(),
        SelfCheck(),
        Echo(),
    };

    private Command Throughput()
    {
        var command = new Command("throughput", "Pairs of sender and recipient, both online")
        {
            _pairs, _inFlight, _seconds, _common.Runs, _common.Folder, _common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = _common.Read(parsed) with
            {
                Pairs = parsed.GetValue(_pairs),
                InFlight = parsed.GetValue(_inFlight),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
            };
            var (pairs, seconds) = (options.Pairs, options.Duration.TotalSeconds);
            var title = FormattableString.Invariant(
                $"throughput: {pairs} pairs, {options.InFlight} in flight each, {seconds} s");
            return Load.BesideFloors(title, options, () => new Throughput(options).RunAsync(cancellation), cancellation)
                .RunAsync(options, cancellation);
        });
        return command;
    }

    private Command Away()
    {
        var command = new Command("away", "Messages for somebody offline, then drained by a login with push")
        {
            _messages, _inFlight, _common.Runs, _common.Folder, _common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = _common.Read(parsed) with
            {
                InFlight = parsed.GetValue(_inFlight),
                Duration = TimeSpan.FromSeconds(3),
                Messages = parsed.GetValue(_messages),
            };
            var title = FormattableString.Invariant(
                $"away: {options.Messages} messages, {options.InFlight} in flight");
            return Load.BesideFloors(title, options, () => new Away(options).RunAsync(cancellation), cancellation)
                .RunAsync(options, cancellation);
        });
        return command;
    }

    private static Command SelfCheck()
    {
        var command = new Command("self-check", "Checks the percentiles against sorted values");
        command.SetAction(_ =>
        {
            var fault = HistogramCheck.Run();
            Console.WriteLine(fault ?? "The percentiles are right.");
            return fault is null ? 0 : 1;
        });
        return command;
    }

    private static Command Echo()
    {
        var command = new Command("echo-server", "The server of the echo floor") { Hidden = true };
        command.SetAction((_, cancellation) => EchoServer.RunAsync(cancellation));
        return command;
    }
}
