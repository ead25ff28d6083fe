using JoChat.Storage;
using static JoChat.Actors.OperatorCommands;

namespace JoChat.Actors.Tests;

/// <summary>How much a command counts: what takes the store a millisecond or two counts as many short ones.</summary>
public sealed class CommandWorkTests
{
    [Fact]
    public void What_lists_counts_or_deletes_much_counts_as_a_whole_turn()
    {
        Command[] commands =
        [
            new CountUndelivered(1, default, default), new FetchUndelivered(1, default, default, 1),
            new DiscardMessages(1, default, default), new DeleteAllFrom(1, default, "ada"),
            new RemoveAccount(1, default), new BeginSession(1, new Account(default, "", ""), null),
            new PruneMessages(default, default, Deletes: true),
        ];

        Assert.All(commands, command => Assert.Equal(FairTurns.Turn, command.Work));
    }

    [Fact]
    public void Looking_for_contacts_counts_by_their_number()
    {
        Assert.Equal(1, new FindPresentContacts(new FindPresent(1, default, ["ada"], AndWatch: false)).Work);
        Assert.Equal(
            1 + FairTurns.Turn,
            new FindPresentContacts(new FindPresent(1, default, [.. new string[256]], AndWatch: false)).Work);
    }
}
