using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>Logging in with a token, and with an end to the other session.</summary>
public sealed class SessionResumeTests() : SessionTestKit(
    new SessionOptions { ResumeExpiry = TimeSpan.FromHours(5) })
{
    private static readonly LoginId Kept = new(5);
    private static readonly UsedToken Used = new(Kept, Ada, "selector", DateTimeOffset.UnixEpoch, IsReplaced: false);

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
    public async Task A_client_that_rotates_gets_the_token_for_the_next_time()
    {
        Session.Submit(new Hello("test/1", Features.Rotate));
        await Client.ExpectMsgAsync<Welcome>();
        var (token, hash) = TokenHash.New();

        Session.Submit(new Resume(token));
        await Persistence.ExpectMsgAsync(new UseToken(0, hash, Rotates: true, new ClientInfo("test/1", Connection.Address)));
        await BindAsync(new Secret("next"));

        await Client.ExpectMsgAsync(new Resumed("Ada", 2, new Secret("next")));
    }

    [Fact]
    public async Task The_name_of_a_client_is_kept_as_far_as_it_is_short()
    {
        Session.Submit(new Hello(new string('x', 63) + "\U0001F600", Features.Rotate));
        await Client.ExpectMsgAsync<Welcome>();

        Session.Submit(new Resume(TokenHash.New().Token));

        Assert.Equal(new string('x', 63), (await Persistence.ExpectMsgAsync<UseToken>()).Client.Name);
    }

    [Fact]
    public async Task A_token_is_renewed_without_a_login()
    {
        var (token, hash) = TokenHash.New();

        Session.Submit(new RenewToken(token));
        await Persistence.ExpectMsgAsync(new UseToken(0, hash, Rotates: true, new ClientInfo(null, Connection.Address)));
        Persistence.Reply(new TokenUsed(0, Used, new Secret("next")));
        Session.Submit(new CountUnread());

        await Client.ExpectMsgAsync(new TokenRenewed(new Secret("next")));
        await Client.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread));
    }

    [Fact]
    public void Tokens_are_never_the_same() => Assert.NotEqual(TokenHash.New(), TokenHash.New());

    [Fact]
    public async Task A_logout_revokes_the_token_of_the_session_and_closing_does_not()
    {
        var (token, begin) = await LogInForTokenAsync();

        Session.Submit(new LogOut());
        await Persistence.ExpectMsgAsync(new EndSession(0, Ada.Id, Kept));
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

        await Persistence.ExpectMsgAsync(new EndSession(0, Ada.Id, Kept));
        Assert.False(Passwords.HasMessages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_has_revoked_the_sessions_own_login_is_a_guest(bool isOwn)
    {
        await LogInForTokenAsync();

        Session.Submit(new ListLogins());
        await Persistence.ExpectMsgAsync(new FindLogins(0, Ada.Id, Kept));
        Persistence.Reply(new LoginsListed([]));
        await Client.ExpectMsgAsync<LoginsListed>();
        Session.Submit(new RevokeLogin(9));
        await Persistence.ExpectMsgAsync(new EndLogin(0, Ada.Id, new LoginId(9)));
        Persistence.Reply(new LoginRevoked(isOwn));
        await Client.ExpectMsgAsync(new LoginRevoked(isOwn));

        Session.Submit(new RevokeLogin(null));
        await Client.ExpectMsgAsync(isOwn ? Refusals.NotLoggedIn(Operation.RevokeLogin) : Refusals.NoLoginToRevoke);
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
        await Persistence.ExpectMsgAsync(new UseToken(0, hash, Rotates: false, new ClientInfo(null, Connection.Address)));
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
        Persistence.Reply(new SessionBegun(0, Ada, default, UndeliveredCount: 3) { Kept = Kept });
        return ((await Client.ExpectMsgAsync<LoggedIn>()).ResumeToken!.Value, begin);
    }

    private async Task ResumeAsync(Secret token)
    {
        Session.Submit(new Resume(token));
        var use = await Persistence.ExpectMsgAsync<UseToken>();
        Assert.False(use.Rotates);
        await BindAsync(next: null);
        await Client.ExpectMsgAsync(new Resumed("Ada", 2));
    }

    private async Task BindAsync(Secret? next)
    {
        Persistence.Reply(new TokenUsed(0, Used, next));
        Assert.Equal(Used, (await Persistence.ExpectMsgAsync<ResumeSession>()).Used);
        Persistence.Reply(new SessionBegun(0, Ada, default, UndeliveredCount: 2) { Kept = Kept });
    }
}
