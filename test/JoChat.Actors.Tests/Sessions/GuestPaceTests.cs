using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>A guest has little to ask: much of it waits, until it has logged in.</summary>
public sealed class GuestPaceTests : SessionTestKit
{
    [Fact]
    public async Task A_guest_asks_two_hundred_things_at_once_and_what_follows_waits()
    {
        for (var i = 0; i < 250; i++) { Session.Submit(new Ping()); }
        await FenceAsync();

        for (var i = 0; i <= 200; i++) { await Client.ExpectMsgAsync<Pong>(); } // the last one need not have waited
        Assert.False(Client.HasMessages);
    }

    [Fact]
    public async Task What_a_guest_has_asked_does_not_count_once_it_is_logged_in()
    {
        for (var i = 0; i < 199; i++) { Session.Submit(new Ping()); }
        for (var i = 0; i < 199; i++) { await Client.ExpectMsgAsync<Pong>(); }
        await LogInAsync();

        for (var i = 0; i < 50; i++) { Session.Submit(new Ping()); }

        for (var i = 0; i < 50; i++) { await Client.ExpectMsgAsync<Pong>(); }
    }

    [Fact]
    public async Task Who_has_logged_out_asks_as_a_guest_again()
    {
        await LogInAsync();
        Session.Submit(new LogOut());
        await Persistence.ExpectMsgAsync<EndSession>();
        Persistence.Reply(new LoggedOut());
        await Client.ExpectMsgAsync(new LoggedOut());

        for (var i = 0; i < 250; i++) { Session.Submit(new Ping()); }
        await FenceAsync();

        for (var i = 0; i <= 200; i++) { await Client.ExpectMsgAsync<Pong>(); }
        Assert.False(Client.HasMessages);
    }
}
