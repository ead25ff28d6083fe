using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>What a client says of its typing reaches others now and then, and its end always.</summary>
public sealed class SessionTypingTests : SessionTestKit
{
    [Fact]
    public async Task A_flood_is_answered_and_its_last_state_alone_is_passed_on()
    {
        await LogInAsync();
        Session.Submit(new Typing("bob", true));
        await Persistence.ExpectMsgAsync(Relay("BOB", true));
        Persistence.Reply(new TypingNoted());
        await Client.ExpectMsgAsync(new TypingNoted());

        for (var i = 0; i < 1000; i++) { Session.Submit(new Typing("bob", i % 2 == 0)); }
        for (var i = 0; i < 1000; i++) { await Client.ExpectMsgAsync(new TypingNoted()); }
        Assert.False(Persistence.HasMessages);

        Time.Advance(TypingRelay.Interval + TimeSpan.FromMilliseconds(1)); // elapsed time is not exact to the tick

        await Persistence.ExpectMsgAsync(Relay("BOB", false));
        Session.Submit(SendTo("bob", "fence"));
        await Persistence.ExpectMsgAsync(StoreFor("BOB", "fence"));
    }

    [Fact]
    public void One_state_is_passed_on_at_once_and_the_last_when_the_time_has_come()
    {
        var relay = new TypingRelay();

        Assert.True(relay.TryPass(Relay("BOB", true), At(0)));
        Assert.False(relay.TryPass(Relay("BOB", true), At(100)));
        Assert.False(relay.AnyWaits);
        Assert.False(relay.TryPass(Relay("BOB", false), At(200)));
        Assert.True(relay.TryPass(Relay("CYD", true), At(200)));
        Assert.Empty(relay.TakeDue(At(499)));
        Assert.Equal([Relay("BOB", false)], relay.TakeDue(At(500)));
        Assert.False(relay.TryPass(Relay("BOB", true), At(999)));
        Assert.False(relay.TryPass(Relay("BOB", false), At(999)));
        Assert.Empty(relay.TakeDue(At(1000)));
        Assert.True(relay.TryPass(Relay("BOB", false), At(1000)));
    }

    [Fact]
    public void Only_so_many_people_are_written_to_within_a_moment()
    {
        var relay = new TypingRelay();

        Assert.Equal(32, Enumerable.Range(0, 100).Count(i => relay.TryPass(Relay($"P{i}", true), At(0))));
        Assert.True(relay.TryPass(Relay("BOB", true), At(500)));
    }

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static RelayTyping Relay(string recipientKey, bool isTyping) =>
        new(0, Ada.Id, Ada.Username, recipientKey, isTyping);
}
