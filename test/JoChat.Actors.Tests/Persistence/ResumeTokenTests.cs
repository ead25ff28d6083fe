using JoChat.Protocol;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>How long a token is good for, and what follows it.</summary>
public sealed class ResumeTokenTests : PersistenceTestKit
{
    private static readonly SessionEnded Revoked = new(SessionCloseReason.Revoked);

    private readonly TestClock _clock = new();
    private TokenHash _token = null!;

    private protected override TimeProvider Time => _clock;

    [Fact]
    public async Task A_token_is_good_again_and_again_if_its_client_does_not_rotate()
    {
        _token = await BeginKeptAsync(Ada, AdaSession);

        await ResumeAsync(_token, isGood: true);
        await ResumeAsync(_token, isGood: true);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_refused()
    {
        _token = await BeginKeptAsync(Ada, AdaSession, TimeSpan.FromDays(-1));

        await ResumeAsync(_token, isGood: false);
    }

    [Fact]
    public async Task After_a_lost_answer_the_token_before_is_good_again_and_again()
    {
        _token = await BeginKeptAsync(Ada, AdaSession);
        for (var lost = 0; lost < 20; lost++) { await RotateAsync(_token); }

        var second = await RotateAsync(_token);
        await RotateAsync(second);
        await RotateAsync(second);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(17, true)]
    public async Task Of_tokens_offered_and_not_used_the_newest_17_are_good(int index, bool isGood)
    {
        _token = await BeginKeptAsync(Ada, AdaSession);
        var offered = new List<TokenHash>();
        for (var lost = 0; lost < 18; lost++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            offered.Add(await RotateAsync(_token));
        }

        await ResumeAsync(offered[index], isGood);
    }

    [Fact]
    public async Task A_token_that_was_replaced_for_good_ends_its_login_with_all_its_sessions()
    {
        _token = await BeginKeptAsync(Ada, AdaSession);
        var second = await RotateAsync(_token);
        var third = await RotateAsync(second);
        var (owner, side, other) = (CreateProbe("owner"), CreateProbe("side"), CreateProbe("other"));
        await BindAsync(owner, third, Features.None);
        await AdaSession.ExpectMsgAsync(new SessionEnded(SessionCloseReason.TakenOver));
        await BindAsync(side, third, Features.Side);
        await BeginAsync(Ada, other, Features.Side);

        await ResumeAsync(_token, isGood: false);

        await owner.ExpectMsgAsync(Revoked);
        await side.ExpectMsgAsync(Revoked);
        await ResumeAsync(third, isGood: false);
        await ResumeAsync(second, isGood: false);
        await FenceAsync();
        Assert.False(other.HasMessages); // of another login
        owner.Send(Persistence, new CountUndelivered(0, Ada.Id, default));
        await owner.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread));
    }

    [Fact]
    public async Task Of_two_who_have_the_same_token_and_go_on_with_it_neither_stays()
    {
        _token = await BeginKeptAsync(Ada, AdaSession);
        var (mine, thiefs) = (await RotateAsync(_token), await RotateAsync(_token));
        var next = await RotateAsync(mine);

        await ResumeAsync(thiefs, isGood: false);

        await ResumeAsync(next, isGood: false);
        await ResumeAsync(mine, isGood: false);
    }

    [Fact]
    public async Task A_replaced_token_of_one_login_ends_no_other()
    {
        _token = await BeginKeptAsync(Ada, AdaSession);
        var other = await BeginKeptAsync(Ada, CreateProbe("other"));
        await RotateAsync(await RotateAsync(_token));

        await ResumeAsync(_token, isGood: false);

        await ResumeAsync(other, isGood: true);
    }

    [Fact]
    public async Task A_logout_revokes_the_login_it_names_and_another_end_none()
    {
        _token = await BeginKeptAsync(Ada, AdaSession);
        AdaSession.Send(Persistence, new EndSession(0, Ada.Id));
        await AdaSession.ExpectMsgAsync<LoggedOut>();
        await BindAsync(AdaSession, _token, Features.None);
        var login = (await UseAsync(AdaSession, _token)).Login;

        AdaSession.Send(Persistence, new EndSession(0, Ada.Id, login));
        await AdaSession.ExpectMsgAsync<LoggedOut>();

        await ResumeAsync(_token, isGood: false);
    }

    [Fact]
    public async Task Another_password_revokes_every_token_and_lets_nobody_in_with_the_old_one()
    {
        _token = await BeginKeptAsync(Ada, AdaSession);
        var (thief, side) = (CreateProbe("thief"), CreateProbe("side"));
        var used = await UseAsync(thief, _token); // and about to bind
        await BeginAsync(Ada, side, Features.Side);

        AdaSession.Send(Persistence, new ReplacePassword(0, Ada, "new hash"));
        await AdaSession.ExpectMsgAsync<PasswordChanged>();
        BobSession.Send(Persistence, new BeginSession(0, Ada, BetterHash: null) { Takeover = true });
        var again = await BobSession.ExpectMsgAsync<AccountFound>();
        thief.Send(Persistence, new ResumeSession(0, used, Features.None));

        Assert.Equal("new hash", again.Account!.PasswordHash);
        await thief.ExpectMsgAsync(Refusals.InvalidToken);
        await side.ExpectMsgAsync(Revoked);
        await ResumeAsync(_token, isGood: false);
        AdaSession.Send(Persistence, new CountUndelivered(0, Ada.Id, default));
        await AdaSession.ExpectMsgAsync<UnreadCounted>(); // the session that changed it stays
    }

    [Fact]
    public async Task The_password_is_changed_though_another_session_took_over_and_that_one_ends()
    {
        _token = await BeginKeptAsync(Ada, AdaSession);
        var thief = CreateProbe("thief");
        await BindAsync(thief, _token, Features.None);
        await AdaSession.ExpectMsgAsync(new SessionEnded(SessionCloseReason.TakenOver));

        AdaSession.Send(Persistence, new ReplacePassword(0, Ada, "new hash"));

        await AdaSession.ExpectMsgAsync<PasswordChanged>();
        await thief.ExpectMsgAsync(Revoked);
        thief.Send(Persistence, new CountUndelivered(0, Ada.Id, default));
        await thief.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread));
    }

    [Fact]
    public async Task A_password_that_was_changed_meanwhile_is_verified_again_before_it_is_replaced()
    {
        AdaSession.Send(Persistence, new ReplacePassword(0, Ada, "first"));
        await AdaSession.ExpectMsgAsync<PasswordChanged>();

        AdaSession.Send(Persistence, new ReplacePassword(0, Ada, "second"));

        Assert.Equal("first", (await AdaSession.ExpectMsgAsync<AccountFound>()).Account!.PasswordHash);
    }

    [Theory]
    [InlineData(59.9, false)]
    [InlineData(60, true)]
    public async Task A_token_of_an_older_login_takes_nothing_over_just_after_the_password_was_given(
        double seconds, bool isTaken)
    {
        _token = await BeginKeptAsync(Ada, CreateProbe("older"));
        _clock.Advance(TimeSpan.FromDays(0.5));
        var newer = await BeginKeptAsync(Ada, AdaSession);
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        var thief = CreateProbe("thief");

        thief.Send(Persistence, new ResumeSession(0, await UseAsync(thief, _token), Features.None));

        if (isTaken)
        {
            await thief.ExpectMsgAsync<SessionBegun>();
            return;
        }
        var refused = await thief.ExpectMsgAsync<Refused>();
        Assert.Equal((Operation.Resume, ErrorCode.AlreadyLoggedIn), (refused.Operation, refused.Code));
        await BindAsync(CreateProbe("again"), newer, Features.None); // its own token does
        await AdaSession.ExpectMsgAsync(new SessionEnded(SessionCloseReason.TakenOver));
        thief.Send(Persistence, new ResumeSession(0, await UseAsync(thief, _token), Features.None));
        await thief.ExpectMsgAsync<Refused>(); // and is sheltered as the login was
    }

    [Fact]
    public async Task A_deleted_account_cannot_be_resumed()
    {
        _token = await BeginKeptAsync(Ada, AdaSession);
        AdaSession.Send(Persistence, new RemoveAccount(0, Ada.Id));
        await AdaSession.ExpectMsgAsync<AccountDeleted>();

        await ResumeAsync(_token, isGood: false);
    }

    [Fact]
    public async Task The_name_of_a_deleted_account_is_taken_until_it_was_held_long_enough()
    {
        Assert.True(Username.TryParse("ada", out var name, out _));
        await BeginKeptAsync(Ada, AdaSession);
        AdaSession.Send(Persistence, new RemoveAccount(0, Ada.Id));
        await AdaSession.ExpectMsgAsync<AccountDeleted>();

        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        BobSession.Send(Persistence, new CreateAccount(0, name, "hash"));
        await BobSession.ExpectMsgAsync(Refusals.UsernameTaken);
        _clock.Advance(TimeSpan.FromSeconds(1));
        BobSession.Send(Persistence, new CreateAccount(0, name, "hash"));

        await BobSession.ExpectMsgAsync(new SignedUp());
    }

    private async Task<TokenHash> RotateAsync(TokenHash token)
    {
        var session = CreateProbe();
        session.Send(Persistence, new UseToken(0, token, Rotates: true));
        var next = (await session.ExpectMsgAsync<TokenUsed>()).Next;
        Assert.True(TokenHash.TryOf(next, out var hash));
        Assert.NotEqual(token, hash);
        return hash;
    }

    private async Task BindAsync(NumberedProbe session, TokenHash token, Features features)
    {
        session.Send(Persistence, new ResumeSession(0, await UseAsync(session, token), features));
        await session.ExpectMsgAsync<SessionBegun>();
    }

    private async Task ResumeAsync(TokenHash token, bool isGood)
    {
        var session = CreateProbe();
        if (isGood)
        {
            await BindAsync(session, token, Features.None);
            return;
        }
        session.Send(Persistence, new UseToken(0, token, Rotates: true));
        await session.ExpectMsgAsync(Refusals.InvalidToken);
    }
}
