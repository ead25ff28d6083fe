using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>What two people wrote to each other, as each of them sees it.</summary>
public sealed class ConversationTests : PersistenceTestKit
{
    private static readonly MessageId BehindAll = new(long.MaxValue);

    [Fact]
    public async Task Both_see_their_conversation_with_the_other_and_what_they_have_not_read()
    {
        await BeginBothAsync();
        AdaSession.Send(Persistence, ToBob("1"));
        AdaSession.Send(Persistence, ToBob("2"));
        await FenceAsync();
        BobSession.Send(Persistence, new StoreMessage(0, Bob.Id, "Bob", "ADA", "3"));
        await BobSession.ExpectMsgAsync<LiveMessage>();
        await BobSession.ExpectMsgAsync<LiveMessage>();
        await BobSession.ExpectMsgAsync<MessageStored>();

        BobSession.Send(Reading, new FindConversations(0, Bob.Id, "Bob", BehindAll, 10));
        var conversation = Assert.Single((await BobSession.ExpectMsgAsync<ConversationList>()).Conversations);
        BobSession.Send(Reading, new FindHistory(0, Bob.Id, "Bob", "ADA", BehindAll, 2));
        var history = (await BobSession.ExpectMsgAsync<History>()).Messages;

        Assert.Equal(("Ada", 2), (conversation.With, conversation.UnreadCount));
        Assert.Equal("3", conversation.LastMessage!.Value.Content);
        Assert.Equal([("Ada", "Bob", "2"), ("Bob", "Ada", "3")],
            history.Select(message => (message.Sender, message.Recipient, message.Content)));
    }

    [Fact]
    public async Task Nothing_was_written_with_a_name_that_does_not_exist()
    {
        await BeginAsync(Ada, AdaSession);

        AdaSession.Send(Reading, new FindHistory(0, Ada.Id, "Ada", "NOBODY", BehindAll, 10));
        AdaSession.Send(Reading, new FindConversations(0, Ada.Id, "Ada", BehindAll, 10));

        Assert.Empty((await AdaSession.ExpectMsgAsync<History>()).Messages);
        Assert.Empty((await AdaSession.ExpectMsgAsync<ConversationList>()).Conversations);
    }
}
