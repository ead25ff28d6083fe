using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>What becomes of a session that is open when the options change.</summary>
public sealed class SessionOptionsChangeTests : SessionTestKit
{
    private readonly Given _given;

    public SessionOptionsChangeTests()
        : this(new Given())
    {
    }

    private SessionOptionsChangeTests(Given given)
        : base(new Changeable<SessionOptions>(() => given.Options)) => _given = given;

    [Fact]
    public async Task A_guest_who_had_no_time_to_keep_is_not_cut_off_when_there_is_one()
    {
        await FenceAsync();

        _given.Options = new SessionOptions { GuestTimeout = TimeSpan.FromMinutes(1) };

        Session.Submit(new Ping());
        await Client.ExpectMsgAsync(new Pong());
        await LogInAsync();
    }

    [Fact]
    public async Task Who_may_idle_for_ever_now_is_not_cut_off_by_the_time_of_before()
    {
        _given.Options = new SessionOptions { GuestTimeout = TimeSpan.Zero, IdleTimeout = TimeSpan.FromMinutes(1) };
        await LogInAsync();

        _given.Options = new SessionOptions { GuestTimeout = TimeSpan.Zero };
        Session.Tell(ReceiveTimeout.Instance);

        Session.Submit(new Ping());
        await Client.ExpectMsgAsync(new Pong());
    }

    private sealed class Given
    {
        public SessionOptions Options { get; set; } = new() { GuestTimeout = TimeSpan.Zero };
    }
}
