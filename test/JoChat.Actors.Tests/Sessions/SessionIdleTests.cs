using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Connections that do not log in or ask nothing are closed, where the settings say so.</summary>
public sealed class SessionIdleTests() : SessionTestKit(new SessionOptions
{
    GuestTimeout = TimeSpan.FromMilliseconds(50),
    IdleTimeout = TimeSpan.FromMilliseconds(50),
})
{
    [Fact]
    public async Task A_guest_is_closed_whatever_it_asks()
    {
        object received;
        do
        {
            Session.Submit(new Ping());
            received = (await Client.ReceiveAsync(1))[0];
        }
        while (received is not ProbeConnection.Closed);
    }

    [Fact]
    public async Task A_guest_that_asks_nothing_is_closed()
    {
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task A_guest_that_does_not_read_its_answers_is_closed_too()
    {
        Connection.HasRoom = false;
        Session.Submit(new CountUnread());

        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }

    [Fact]
    public async Task A_guest_whose_login_is_under_way_is_not_closed()
    {
        Session.Submit(new SignUp("bob", Password));
        await Passwords.ExpectMsgAsync<HashPassword>();

        await Client.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(200));
        Passwords.Reply(new PasswordWorkRefused(0));

        await Client.ExpectMsgAsync(Refusals.Busy(Operation.SignUp));
        await Client.ExpectMsgAsync(ProbeConnection.Closed.Instance);
    }
}
