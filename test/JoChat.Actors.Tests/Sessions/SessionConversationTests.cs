using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>What is asked about other people and answered too late.</summary>
public sealed class SessionConversationTests : SessionTestKit
{
    [Theory]
    [InlineData(SessionCloseReason.TakenOver, Operation.ReadHistory)]
    [InlineData(SessionCloseReason.AccountDeleted, Operation.ReadHistory)]
    [InlineData(SessionCloseReason.AccountDeleted, Operation.ListConversations)]
    [InlineData(SessionCloseReason.AccountDeleted, Operation.ReadInbox)]
    public async Task What_is_still_being_read_when_the_account_is_lost_is_not_shown(
        SessionCloseReason reason, Operation operation)
    {
        await LogInAsync();
        var (read, answer) = operation switch
        {
            Operation.ListConversations => ((Request)new ListConversations(null), (Response)new ConversationList([])),
            Operation.ReadInbox => (new ReadInbox(0), new InboxRead([])),
            _ => (new ReadHistory("Bob", null), new History([])),
        };
        Session.Submit(read);
        await Persistence.ExpectMsgAsync<Command>();

        Session.Tell(new SessionEnded(reason));
        Persistence.Reply(answer);

        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(read.Operation));
    }
}
