using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Who is there and who is writing: told to those who asked, remembered no longer than they are there.
/// </summary>
public sealed class PresenceTests : PersistenceTestKit
{
    [Fact]
    public async Task Coming_and_going_is_told_to_those_who_watch()
    {
        await BeginAsync(Ada, AdaSession);
        AdaSession.Send(Persistence, new FindPresent(Ada.Id, ["BOB", "ADA", "NOBODY"], AndWatch: true));
        Assert.Equal("Ada", Assert.Single((await AdaSession.ExpectMsgAsync<PresenceOf>()).Online));

        await BeginAsync(Bob, BobSession);
        await AdaSession.ExpectMsgAsync(News("Bob", isOnline: true));
        BobSession.Send(Persistence, new EndSession(Bob.Id));

        await AdaSession.ExpectMsgAsync(News("Bob", isOnline: false));
    }

    [Fact]
    public async Task A_takeover_is_neither_coming_nor_going_and_a_death_is_going()
    {
        await BeginAsync(Ada, AdaSession);
        await BeginAsync(Bob, BobSession);
        await WatchBobAsync(AdaSession);
        var other = CreateTestProbe("other");

        await BeginAsync(Bob, other, takeover: true);
        Sys.Stop(other.Ref);

        await AdaSession.ExpectMsgAsync(News("Bob", isOnline: false));
    }

    [Fact]
    public async Task Who_was_still_there_when_it_was_asked_goes_behind_the_answer()
    {
        await BeginAsync(Ada, AdaSession);
        await BeginAsync(Bob, BobSession);
        using var gate = new ManualResetEventSlim();
        Store.BeforeFind = gate.Wait;
        var other = CreateTestProbe("other");
        other.Send(Persistence, new LookUpAccount("ADA")); // holds the actor until all that follows waits
        AdaSession.Send(Persistence, ToBob("opens a batch"));
        AdaSession.Send(Persistence, new FindPresent(Ada.Id, ["BOB"], AndWatch: true));
        Watch(BobSession.Ref);
        Sys.Stop(BobSession.Ref);
        await ExpectTerminatedAsync(BobSession.Ref);

        gate.Set();

        await AdaSession.ExpectMsgAsync<MessageStored>();
        Assert.Equal("Bob", Assert.Single((await AdaSession.ExpectMsgAsync<PresenceOf>()).Online));
        await AdaSession.ExpectMsgAsync(News("Bob", isOnline: false));
    }

    [Fact]
    public async Task Asking_again_replaces_what_is_watched()
    {
        await BeginAsync(Ada, AdaSession);
        await WatchBobAsync(AdaSession);

        AdaSession.Send(Persistence, new FindPresent(Ada.Id, [], AndWatch: true));
        await AdaSession.ExpectMsgAsync<PresenceOf>();
        await BeginAsync(Bob, BobSession);
        await FenceAsync();

        Assert.False(AdaSession.HasMessages);
    }

    [Fact]
    public async Task A_session_that_ended_is_told_nothing_more()
    {
        await BeginAsync(Ada, AdaSession);
        await WatchBobAsync(AdaSession);
        AdaSession.Send(Persistence, new EndSession(Ada.Id));
        await AdaSession.ExpectMsgAsync<LoggedOut>();

        await BeginAsync(Bob, BobSession);
        await FenceAsync();

        Assert.False(AdaSession.HasMessages);
    }

    [Fact]
    public void What_is_watched_is_forgotten_with_its_watcher()
    {
        var watchers = new PresenceWatchers();

        for (var i = 0; i < 100; i++)
        {
            watchers.Watch(AdaSession.Ref, [$"A{i}", $"B{i}", $"B{i}"]);
            watchers.Watch(BobSession.Ref, [$"A{i}"]);
        }
        watchers.Forget(AdaSession.Ref);
        Assert.Equal(1, watchers.Count);
        watchers.Forget(BobSession.Ref);

        Assert.Equal(0, watchers.Count);
    }

    [Fact]
    public async Task Typing_is_told_behind_what_was_typed_and_only_to_those_who_care()
    {
        await BeginAsync(Ada, AdaSession);
        await BeginAsync(Bob, BobSession, Features.Typing);

        AdaSession.Send(Persistence, ToBob("hi"));
        AdaSession.Send(Persistence, new NoteTyping(Ada.Id, "Ada", "BOB", IsTyping: false));
        AdaSession.Send(Persistence, new NoteTyping(Ada.Id, "Ada", "NOBODY", IsTyping: true));
        BobSession.Send(Persistence, new NoteTyping(Bob.Id, "Bob", "ADA", IsTyping: true));

        await BobSession.ExpectMsgAsync<LiveMessage>();
        await BobSession.ExpectMsgAsync(new Announcement(new TypingArrived("Ada", IsTyping: false)));
        await BobSession.ExpectMsgAsync(new TypingNoted());
        await AdaSession.ExpectMsgAsync(new MessageStored());
        await AdaSession.ExpectMsgAsync(new TypingNoted());
        await AdaSession.ExpectMsgAsync(new TypingNoted());
        Assert.False(AdaSession.HasMessages);
    }

    private async Task WatchBobAsync(TestProbe watcher)
    {
        watcher.Send(Persistence, new FindPresent(Ada.Id, ["BOB"], AndWatch: true));
        await watcher.ExpectMsgAsync<PresenceOf>();
    }

    private static Announcement News(string who, bool isOnline) => new(new PresenceChanged(who, isOnline));
}
