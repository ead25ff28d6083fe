using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>Who is there and who is writing: told to those who asked, remembered no longer than they are there.
/// </summary>
public sealed class PresenceTests : PersistenceTestKit
{
    [Fact]
    public async Task Coming_and_going_is_told_to_those_who_watch()
    {
        await BeginAsync(Ada, AdaSession);
        AdaSession.Send(Persistence, new FindPresent(0, Ada.Id, ["BOB", "ADA", "NOBODY"], AndWatch: true));
        Assert.Equal("Ada", Assert.Single((await AdaSession.ExpectMsgAsync<PresenceOf>()).Online));

        await BeginAsync(Bob, BobSession);
        await AdaSession.ExpectMsgAsync(News("Bob", isOnline: true));
        BobSession.Send(Persistence, new EndSession(0, Bob.Id));

        await AdaSession.ExpectMsgAsync(News("Bob", isOnline: false));
    }

    [Fact]
    public async Task Among_contacts_a_stranger_is_neither_shown_nor_watched()
    {
        await BeginBothAsync();
        var find = new FindPresentContacts(new FindPresent(0, Ada.Id, ["BOB", "ADA", "NOBODY"], AndWatch: true));

        AdaSession.Send(Persistence, find);
        Assert.Equal("Ada", Assert.Single((await AdaSession.ExpectMsgAsync<PresenceOf>()).Online));
        BobSession.Send(Persistence, new EndSession(0, Bob.Id));
        await BobSession.ExpectMsgAsync(new LoggedOut());
        await BeginAsync(Bob, BobSession);

        // Nothing was told of that: the next answer is the message's.
        AdaSession.Send(Persistence, ToBob("hello"));
        await AdaSession.ExpectMsgAsync<MessageStored>();
        AdaSession.Send(Persistence, find);
        Assert.Equal("Bob Ada", string.Join(' ', (await AdaSession.ExpectMsgAsync<PresenceOf>()).Online));
    }

    [Fact]
    public async Task A_takeover_is_neither_coming_nor_going_and_a_death_is_going()
    {
        await BeginBothAsync();
        await WatchBobAsync(AdaSession);
        var other = CreateProbe("other");

        await BeginAsync(Bob, other, takeover: true);
        Sys.Stop(other.Ref);

        await AdaSession.ExpectMsgAsync(News("Bob", isOnline: false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_that_fails_makes_nobody_else_watch(bool amongContacts)
    {
        await BeginAsync(Ada, AdaSession);
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait; // holds the actor before its batch, until all commands wait in its mailbox
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);
        AdaSession.Send(Persistence, new FindAccount(0, "BOB"));
        AdaSession.Send(Persistence, ToBob("lost"));
        var find = new FindPresent(0, Ada.Id, ["ADA"], AndWatch: true);
        AdaSession.Send(Persistence, amongContacts ? new FindPresentContacts(find) : find);
        var begun = BeginAsync(Bob, BobSession);
        gate.Set();
        await begun;

        AdaSession.Send(Persistence, new EndSession(0, Ada.Id));
        await FenceAsync();

        Assert.False(BobSession.HasMessages);
    }

    [Fact]
    public void What_is_watched_is_forgotten_with_its_watcher()
    {
        var watchers = new PresenceWatchers<string>();

        for (var i = 0; i < 100; i++)
        {
            watchers.Watch("ada", [$"A{i}", $"B{i}", $"B{i}"]);
            watchers.Watch("bob", [$"A{i}"]);
        }
        watchers.Forget("ada");
        Assert.Equal(1, watchers.Count);
        watchers.Forget("bob");

        Assert.Equal(0, watchers.Count);
    }

    [Fact]
    public async Task Typing_waits_for_no_disk_and_is_told_only_to_those_who_care()
    {
        await BeginAsync(Ada, AdaSession);
        await BeginAsync(Bob, BobSession, Features.Typing);
        Store.BeforeCommit = () => throw new StorageException("disk full", isTransient: true);

        AdaSession.Send(Persistence, ToBob("lost"));
        AdaSession.Send(Persistence, new RelayTyping(0, Ada.Id, "Ada", "BOB", IsTyping: false));
        AdaSession.Send(Persistence, new RelayTyping(0, Ada.Id, "Ada", "NOBODY", IsTyping: true));
        BobSession.Send(Persistence, new RelayTyping(0, Bob.Id, "Bob", "ADA", IsTyping: true));

        await BobSession.ExpectMsgAsync(new DeliverEvent(new TypingArrived("Ada", IsTyping: false)));
        await BobSession.ExpectMsgAsync(new TypingNoted());
        Assert.Equal(
            [typeof(Answered), typeof(Answered), typeof(StoreFailed)],
            (await AdaSession.ReceiveAsync(3)).Select(answer => answer.GetType()).OrderBy(type => type.Name));
    }

    private async Task WatchBobAsync(NumberedProbe watcher)
    {
        watcher.Send(Persistence, new FindPresent(0, Ada.Id, ["BOB"], AndWatch: true));
        await watcher.ExpectMsgAsync<PresenceOf>();
    }

    private static DeliverEvent News(string who, bool isOnline) => new(new PresenceChanged(who, isOnline));
}
