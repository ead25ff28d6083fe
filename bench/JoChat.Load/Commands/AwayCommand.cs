using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>away</c>.</summary>
internal static class AwayCommand
{
    private static readonly TimeSpan FloorDuration = TimeSpan.FromSeconds(3);

    public static Command Create(CommonOptions common)
    {
        var messages = CommonOptions.Number("--messages", "How many are stored and drained", 20_000, 1, 1_000_000);
        var command = new Command("away", "Messages for somebody offline, then drained by a login with push")
        {
            messages, common.InFlight, common.Runs, common.Folder, common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed) with
            {
                InFlight = parsed.GetValue(common.InFlight),
                Duration = FloorDuration,
                Messages = parsed.GetValue(messages),
            };
            var title = FormattableString.Invariant(
                $"away: {options.Messages} messages, {options.InFlight} in flight");
            return Measurement
                .BesideFloors(
                    title, options, () => new AwayWorkload(options).RunAsync(cancellation), cancellation)
                .RunAsync(options, cancellation);
        });
        return command;
    }
}
