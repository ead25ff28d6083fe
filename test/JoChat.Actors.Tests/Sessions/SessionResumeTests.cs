using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Logging in with a token, and with an end to the other session.</summary>
public sealed class SessionResumeTests() : SessionTestKit(
    new SessionOptions { ResumeExpiry = TimeSpan.FromHours(5) })
{
    [Fact]
    public async Task A_login_that_wants_a_token_gets_one_of_which_only_the_hash_is_stored()
    {
        var (token, begin) = await LogInForTokenAsync();

        Assert.Equal(43, token.Value.Length);
        Assert.Equal(TimeSpan.FromHours(5), begin.Token!.Expiry);
        Assert.DoesNotContain(token.Value, begin.Token.Hash.Hex, StringComparison.OrdinalIgnoreCase);
        Assert.True(TokenHash.TryOf(token, out var hash));
        Assert.Equal(hash, begin.Token.Hash);
        Assert.True(begin.Takeover);
    }

    [Fact]
    public void Tokens_are_never_the_same() => Assert.NotEqual(TokenHash.New(), TokenHash.New());

    [Fact]
    public async Task A_logout_revokes_the_token_of_the_session_and_closing_does_not()
    {
        var (token, begin) = await LogInForTokenAsync();

        Session.Submit(new LogOut());
        await Persistence.ExpectMsgAsync(new EndSession(0, Ada.Id, begin.Token!.Hash));
        Persistence.Reply(new LoggedOut());
        await Client.ExpectMsgAsync<LoggedOut>();
        await ResumeAsync(token);
        Session.Tell(InputEnded.Instance);

        await Persistence.ExpectMsgAsync(new EndSession(0, Ada.Id));
    }

    [Fact]
    public async Task A_resumed_session_costs_no_password_work_and_its_logout_revokes_what_it_came_with()
    {
        var token = TokenHash.New();

        await ResumeAsync(token.Token);
        Session.Submit(new LogOut());

        await Persistence.ExpectMsgAsync(new EndSession(0, Ada.Id, token.Hash));
        Assert.False(Passwords.HasMessages);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    public async Task What_cannot_be_a_token_is_refused_without_asking(string? token)
    {
        Session.Submit(new Resume(token is null ? null : new Secret(token)));

        await Client.ExpectMsgAsync(Refusals.InvalidToken);
        Assert.False(Persistence.HasMessages);
    }

    [Fact]
    public async Task A_token_that_is_not_known_leaves_a_guest()
    {
        var (token, hash) = TokenHash.New();
        Session.Submit(new Resume(token));
        await Persistence.ExpectMsgAsync(new ResumeSession(0, hash, Features.None));
        Persistence.Reply(Refusals.InvalidToken);
        Session.Submit(new CountUnread());

        await Client.ExpectMsgAsync(Refusals.InvalidToken);
        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread));
    }

    [Fact]
    public async Task A_connection_that_is_logged_in_cannot_resume()
    {
        await LogInAsync();

        Session.Submit(new Resume(TokenHash.New().Token));

        var refused = await Client.ExpectMsgAsync<Refused>();
        Assert.Equal((Operation.Resume, ErrorCode.AlreadyLoggedIn), (refused.Operation, refused.Code));
    }

    [Fact]
    public async Task A_password_changed_while_it_was_verified_is_verified_again()
    {
        Session.Submit(new LogIn("ada", Password));
        await VerifyAsync();
        await Persistence.ExpectMsgAsync<BeginSession>();
        Persistence.Reply(new AccountFound(0, Ada with { PasswordHash = "another" }));

        await Passwords.ExpectMsgAsync(new VerifyPassword(0, "another", Password, From("ADA")));
        Passwords.Reply(new PasswordVerified(0, IsRight: false, BetterHash: null));
        await Client.ExpectMsgAsync(Refusals.BadCredentials);
    }

    private async Task<(Secret Token, BeginSession Begin)> LogInForTokenAsync()
    {
        Session.Submit(new LogIn("ada", Password, Takeover: true, WantsToken: true));
        await VerifyAsync();
        var begin = await Persistence.ExpectMsgAsync<BeginSession>();
        Persistence.Reply(new SessionBegun(0, Ada, default, UndeliveredCount: 3));
        return ((await Client.ExpectMsgAsync<LoggedIn>()).ResumeToken!.Value, begin);
    }

    private async Task ResumeAsync(Secret token)
    {
        Session.Submit(new Resume(token));
        await Persistence.ExpectMsgAsync<ResumeSession>();
        Persistence.Reply(new SessionBegun(0, Ada, default, UndeliveredCount: 2));
        await Client.ExpectMsgAsync(new Resumed("Ada", 2));
    }
}
