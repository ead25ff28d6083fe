using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>How long a token is good for.</summary>
public sealed class ResumeTokenTests : PersistenceTestKit
{
    private readonly TokenHash _token = TokenHash.New().Hash;

    [Fact]
    public async Task A_token_is_good_again_and_again()
    {
        await BeginWithTokenAsync(TimeSpan.FromDays(1));

        await ResumeAsync(isGood: true);
        await ResumeAsync(isGood: true);
    }

    [Fact]
    public async Task A_token_that_has_expired_is_refused()
    {
        await BeginWithTokenAsync(TimeSpan.FromDays(-1));

        await ResumeAsync(isGood: false);
    }

    [Fact]
    public async Task A_logout_revokes_the_token_it_names_and_another_end_none()
    {
        await BeginWithTokenAsync(TimeSpan.FromDays(1));
        AdaSession.Send(Persistence, new EndSession(0, Ada.Id));
        await AdaSession.ExpectMsgAsync<LoggedOut>();
        AdaSession.Send(Persistence, new ResumeSession(0, _token, Features.None));
        await AdaSession.ExpectMsgAsync<SessionBegun>();

        AdaSession.Send(Persistence, new EndSession(0, Ada.Id, _token));
        await AdaSession.ExpectMsgAsync<LoggedOut>();

        await ResumeAsync(isGood: false);
    }

    [Fact]
    public async Task Another_password_revokes_every_token_and_lets_nobody_in_with_the_old_one()
    {
        await BeginWithTokenAsync(TimeSpan.FromDays(1));

        AdaSession.Send(Persistence, new ReplacePassword(0, Ada.Id, "new hash"));
        await AdaSession.ExpectMsgAsync<PasswordChanged>();
        BobSession.Send(Persistence, new BeginSession(0, Ada, BetterHash: null) { Takeover = true });
        var again = await BobSession.ExpectMsgAsync<AccountFound>();

        Assert.Equal("new hash", again.Account!.PasswordHash);
        await ResumeAsync(isGood: false);
    }

    [Fact]
    public async Task A_deleted_account_cannot_be_resumed()
    {
        await BeginWithTokenAsync(TimeSpan.FromDays(1));
        AdaSession.Send(Persistence, new RemoveAccount(0, Ada.Id));
        await AdaSession.ExpectMsgAsync<AccountDeleted>();

        await ResumeAsync(isGood: false);
    }

    private async Task BeginWithTokenAsync(TimeSpan expiry)
    {
        AdaSession.Send(Persistence, new BeginSession(0, Ada, BetterHash: null) { Token = new NewToken(_token, expiry) });
        await AdaSession.ExpectMsgAsync<SessionBegun>();
    }

    private async Task ResumeAsync(bool isGood)
    {
        var session = CreateProbe();
        session.Send(Persistence, new ResumeSession(0, _token, Features.None));
        if (isGood) { await session.ExpectMsgAsync<SessionBegun>(); }
        else { await session.ExpectMsgAsync(Refusals.InvalidToken); }
    }
}
