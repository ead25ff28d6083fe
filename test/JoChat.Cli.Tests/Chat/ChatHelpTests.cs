using JoChat.Cli.Chat;

namespace JoChat.Cli.Tests.Chat;

public sealed class ChatHelpTests
{
    [Fact]
    public async Task The_help_fits_above_the_prompt_of_80_columns_and_24_rows()
    {
        await using var rig = await ChatRig.AsAdaAsync(isPerson: true);

        rig.Type("/help");

        var rows = 0;
        string row;
        do
        {
            row = await rig.NextAsync();
            rows++;
            Assert.InRange(row.Length, 1, 75); // what the terminal wraps nowhere
        }
        while (!row.StartsWith("* Tab completes", StringComparison.Ordinal));
        Assert.InRange(rows, ChatCommand.All.Length, 23);
    }

    [Fact]
    public void A_notification_that_there_is_not_is_answered_by_those_there_are() => Assert.Equal(
        new ChatInput.Mistake("Usage: /notify off, /notify on, or /notify text"), ChatCommand.Read("/notify loudly"));
}
