using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>What is asked about other people and answered too late.</summary>
public sealed class SessionConversationTests : SessionTestKit
{
    [Theory]
    [InlineData(SessionCloseReason.TakenOver, false)]
    [InlineData(SessionCloseReason.AccountDeleted, false)]
    [InlineData(SessionCloseReason.AccountDeleted, true)]
    public async Task What_is_still_being_read_when_the_account_is_lost_is_not_shown(
        SessionCloseReason reason, bool isList)
    {
        await LogInAsync();
        Request read = isList ? new ListConversations(null, 10) : new ReadHistory("Bob", null, 10);
        Session.Submit(read);
        await Persistence.ExpectMsgAsync<Command>();

        Session.Tell(new SessionEnded(reason));
        Persistence.Reply(isList ? new ConversationList([]) : new History([]));

        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(read.Operation));
    }
}
