using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>Who listens to an inbox: told of what is stored, shown what is delivered, and present.</summary>
public sealed class InboxTests : PersistenceTestKit
{
    private const Features Listening = Features.Side | Features.Push;

    [Fact]
    public async Task A_listener_is_told_of_the_newest_message_of_a_batch_when_it_is_durable()
    {
        await BeginAsync(Ada, AdaSession);
        var (listener, quiet) = (CreateProbe("listener"), CreateProbe("quiet"));
        await BeginAsync(Bob, listener, Listening);
        await BeginAsync(Bob, quiet, Features.Side);
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait; // holds the actor before its batch, until all commands wait in its mailbox
        AdaSession.Send(Persistence, new FindAccount(0, "BOB"));
        AdaSession.Send(Persistence, ToBob("1"));
        AdaSession.Send(Persistence, ToBob("2"));
        AdaSession.Send(Persistence, ToBob("3"));
        gate.Set();

        await listener.ExpectMsgAsync(new DeliverEvent(new InboxGrew(3)));
        await FenceAsync();
        Assert.False(listener.HasMessages || quiet.HasMessages);
    }

    [Fact]
    public async Task A_listener_is_told_of_nothing_that_was_not_stored()
    {
        await BeginAsync(Ada, AdaSession);
        var listener = CreateProbe("listener");
        await BeginAsync(Bob, listener, Listening);
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);
        AdaSession.Send(Persistence, ToBob("lost"));
        await AdaSession.ExpectMsgAsync<StoreFailed>();
        Store.BeforeCommit = () => { };

        AdaSession.Send(Persistence, new StoreMessage(0, Ada.Id, "Ada", "ADA", "note"));
        await AdaSession.ReceiveAsync(2);

        await FenceAsync();
        Assert.False(listener.HasMessages);
    }

    [Fact]
    public async Task Who_listens_is_present_though_not_online()
    {
        var (listener, quiet) = (CreateProbe("listener"), CreateProbe("quiet"));
        await BeginAsync(Ada, AdaSession);
        await BeginAsync(Bob, quiet, Features.Side);
        AdaSession.Send(Persistence, new FindPresent(0, Ada.Id, ["BOB"], AndWatch: true));
        Assert.Empty((await AdaSession.ExpectMsgAsync<PresenceOf>()).Online);

        await BeginAsync(Bob, listener, Listening);
        await AdaSession.ExpectMsgAsync(News(isOnline: true));
        await BeginAsync(Bob, BobSession); // is no coming
        listener.Send(Persistence, new EndSession(0, Bob.Id)); // nor is this a going
        BobSession.Send(Persistence, new EndSession(0, Bob.Id));
        await AdaSession.ExpectMsgAsync(News(isOnline: false));

        quiet.Send(Persistence, new ChangeFeatures(Bob.Id, Listening));
        await AdaSession.ExpectMsgAsync(News(isOnline: true));
        quiet.Send(Persistence, new ChangeFeatures(Bob.Id, Features.Side));
        await AdaSession.ExpectMsgAsync(News(isOnline: false));
    }

    [Theory]
    [InlineData(false, new[] { "1", "2" })]
    [InlineData(true, new[] { "2" })]
    public async Task The_inbox_shows_as_delivered_what_is_not_written_yet(bool undeliveredOnly, string[] expected)
    {
        await BeginBothAsync();
        AdaSession.Send(Persistence, ToBob("1"));
        AdaSession.Send(Persistence, ToBob("2"));
        await AdaSession.ReceiveAsync(2);
        var side = CreateProbe("side");
        await BeginAsync(Bob, side, Features.Side);
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);
        BobSession.Send(Persistence, Delivered(Bob, 1));
        await FenceAsync();

        var page = new InboxPage(default, new MessageId(long.MaxValue), FromOldest: true, undeliveredOnly, 10);
        side.Send(Persistence, new FindInbox(0, Bob.Id, "Bob", page));

        var messages = (await side.ExpectMsgAsync<InboxRead>()).Messages;
        Assert.Equal(expected, messages.Select(message => message.Content));
        Assert.All(messages, message => Assert.Equal(
            ("Ada", "Bob", message.Id == 1 ? MessageState.Delivered : MessageState.Stored),
            (message.Sender, message.Recipient, message.State)));
    }

    private static DeliverEvent News(bool isOnline) => new(new PresenceChanged("Bob", isOnline));
}
