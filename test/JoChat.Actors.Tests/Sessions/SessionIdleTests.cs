using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Connections that do not log in or ask nothing are closed, where the settings say so.</summary>
public sealed class SessionIdleTests() : SessionTestKit(new SessionOptions
{
    GuestTimeout = Minute,
    IdleTimeout = Minute,
})
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_guest_is_closed_whatever_it_asks()
    {
        for (var asked = 0; asked < 4; asked++)
        {
            Session.Submit(new Ping());
            await Client.ExpectMsgAsync(new Pong());
            Time.Advance(Minute / 4);
        }

        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task A_guest_that_asks_nothing_is_closed()
    {
        await FenceAsync();
        Time.Advance(Minute - TimeSpan.FromTicks(1));
        await FenceAsync();
        Assert.False(Client.HasMessages);

        Time.Advance(TimeSpan.FromTicks(1));

        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task A_guest_that_does_not_read_its_answers_is_closed_too()
    {
        Connection.HasRoom = false;
        Session.Submit(new CountUnread());
        await FenceAsync();

        Time.Advance(Minute);

        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task A_guest_whose_login_is_under_way_is_not_closed()
    {
        Session.Submit(new SignUp("bob", Password));
        await Passwords.ExpectMsgAsync<HashPassword>();

        Time.Advance(Minute);
        await FenceAsync();
        Assert.False(Client.HasMessages);
        Passwords.Reply(new PasswordWorkRefused(0));

        await Client.ExpectMsgAsync(Refusals.Busy(Operation.SignUp));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task Who_is_logged_in_and_asks_nothing_leaves()
    {
        await LogInAsync();
        await FenceAsync();

        Time.Advance(Minute);

        await Persistence.ExpectMsgAsync<EndSession>();
    }
}
