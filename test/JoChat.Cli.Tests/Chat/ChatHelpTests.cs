using JoChat.Cli.Chat;

namespace JoChat.Cli.Tests.Chat;

public sealed class ChatHelpTests
{
    [Fact]
    public async Task The_help_fits_above_the_prompt_of_80_columns_and_24_rows()
    {
        await using var rig = await ChatRig.AsAdaAsync(isPerson: true);

        rig.Type("/help");

        var rows = new List<string>();
        do
        {
            rows.Add(await rig.NextAsync());
            Assert.InRange(rows[^1].Length, 1, 75); // what the terminal wraps nowhere
        }
        while (!rows[^1].StartsWith("* Tab completes", StringComparison.Ordinal));
        Assert.InRange(rows.Count, 10, 23);
    }

    [Fact]
    public void A_notification_that_there_is_not_is_answered_by_those_there_are() => Assert.Equal(
        new ChatInput.Mistake("Usage: /notify off, /notify on, or /notify text"), ChatCommand.Read("/notify loudly"));
}
