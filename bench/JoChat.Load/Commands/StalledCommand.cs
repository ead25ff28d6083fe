using System.CommandLine;

namespace JoChat.Load;

/// <summary>The command <c>stalled</c>.</summary>
internal static class StalledCommand
{
    public static Command Create(CommonOptions common)
    {
        var readers = CommonOptions.Number("--readers", "Connections that do not read", 5_000, 10, 100_000);
        var messages = CommonOptions.Number("--messages", "How many are queued for them", 100_000, 10, 5_000_000);
        var content = CommonOptions.Number(
            "--content", "Bytes in each", NumberedText.Size, NumberedText.Size, StalledWorkload.MostContent);
        var command = new Command("stalled", "Connections that do not read what is queued, beside chatting pairs")
        {
            readers, messages, content, common.Runs, common.Folder, common.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed) with
            {
                Connections = parsed.GetValue(readers),
                Messages = parsed.GetValue(messages),
                ContentBytes = parsed.GetValue(content),
            };
            return StalledComparison.Create(options, cancellation).RunAsync(options, cancellation);
        });
        return command;
    }
}
