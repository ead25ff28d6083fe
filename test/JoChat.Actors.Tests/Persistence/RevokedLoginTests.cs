using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Testing;

namespace JoChat.Actors.Tests;

/// <summary>The logins of an account, as its owner sees and ends them.</summary>
public sealed class RevokedLoginTests : PersistenceTestKit
{
    private static readonly SessionEnded Revoked = new(SessionCloseReason.Revoked);

    private readonly TestClock _clock = new();

    private protected override TimeProvider Time => _clock;

    [Fact]
    public async Task Logins_are_listed_as_they_were_used_last_and_only_to_their_account()
    {
        var began = _clock.GetUtcNow();
        var token = await BeginKeptAsync(Ada, AdaSession);
        await BeginKeptAsync(Bob, BobSession);
        var thief = CreateProbe("thief");
        _clock.Advance(TimeSpan.FromHours(1));
        var thiefs = new ClientInfo("a\u001bb", ClientAddress.OfVersion4(0xC0000207));
        thief.Send(Persistence, new UseToken(0, token, Rotates: true, thiefs));
        var used = (await thief.ExpectMsgAsync<TokenUsed>()).Used;
        thief.Send(Persistence, new ResumeSession(0, used, Features.Side));
        await thief.ExpectMsgAsync<SessionBegun>();

        var listed = Assert.Single(await ListAsync(AdaSession, Ada, own: null));

        Assert.Equal(
            new ListedLogin(
                used.Login.Value, "a\u001bb", "192.0.2.7", Milliseconds(began), Milliseconds(_clock.GetUtcNow()),
                IsOwn: false, IsConnected: true),
            listed);
        Assert.NotEqual(listed.Id, Assert.Single(await ListAsync(BobSession, Bob, own: null)).Id);
    }

    [Fact]
    public async Task An_account_is_found_with_whether_a_login_of_it_was_used_from_there()
    {
        var (there, elsewhere) = (ClientAddress.OfVersion4(0xC0000207), ClientAddress.OfVersion4(0xC0000208));
        var token = await BeginKeptAsync(Ada, AdaSession);
        AdaSession.Send(Persistence, new UseToken(0, token, Rotates: true, new ClientInfo("test", there)));
        await AdaSession.ExpectMsgAsync<TokenUsed>();

        var found = new List<bool>();
        foreach (var (key, from) in new[] { ("ADA", there), ("ADA", elsewhere), ("BOB", there), ("NOBODY", there) })
        {
            BobSession.Send(Persistence, new FindAccount(0, key, from));
            found.Add((await BobSession.ExpectMsgAsync<AccountFound>()).IsUsual);
        }

        Assert.Equal([true, false, false, false], found);
    }

    [Fact]
    public async Task The_list_tells_which_login_is_ones_own_and_which_are_connected()
    {
        var (gone, _) = await BeginLoginAsync(CreateProbe("gone"));
        var (there, _) = await BeginLoginAsync(CreateProbe("there"), Features.Side);
        var (own, _) = await BeginLoginAsync(AdaSession);

        var listed = await ListAsync(AdaSession, Ada, own);

        Assert.Equal(
            [(gone.Value, false, false), (there.Value, false, true), (own.Value, true, true)],
            listed.OrderBy(login => login.Id).Select(login => (login.Id, login.IsOwn, login.IsConnected)));
    }

    [Fact]
    public async Task A_revoked_login_has_no_token_and_no_session_left_when_the_answer_comes()
    {
        var (stolen, token) = await BeginLoginAsync(CreateProbe("first"));
        var (thief, side, guest) = (CreateProbe("thief"), CreateProbe("side"), CreateProbe("guest"));
        await ResumeAsync(thief, token);
        await ResumeAsync(side, token, Features.Side);
        var used = await UseAsync(guest, token); // and about to bind
        await BeginAsync(Ada, AdaSession, Features.Side);

        AdaSession.Send(Persistence, new EndLogin(0, Ada.Id, stolen));

        await AdaSession.ExpectMsgAsync(new LoginRevoked(IsOwn: false));
        thief.Send(Persistence, new CountUndelivered(0, Ada.Id, default));
        guest.Send(Persistence, new ResumeSession(0, used, Features.None));
        await thief.ExpectMsgAsync(Revoked);
        await thief.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread));
        await side.ExpectMsgAsync(Revoked);
        await guest.ExpectMsgAsync(Refusals.InvalidToken);
        guest.Send(Persistence, new UseToken(0, token, Rotates: true));
        await guest.ExpectMsgAsync(Refusals.InvalidToken);
        AdaSession.Send(Persistence, new CountUndelivered(0, Ada.Id, default));
        await AdaSession.ExpectMsgAsync<UnreadCounted>();
        Assert.Empty(await ListAsync(AdaSession, Ada, own: null));
    }

    [Fact]
    public async Task Ones_own_login_is_ended_like_by_a_logout_and_its_other_sessions_too()
    {
        var (own, token) = await BeginLoginAsync(AdaSession);
        var side = CreateProbe("side");
        await ResumeAsync(side, token, Features.Side);

        AdaSession.Send(Persistence, new EndLogin(0, Ada.Id, own));

        await AdaSession.ExpectMsgAsync(new LoginRevoked(IsOwn: true));
        await side.ExpectMsgAsync(Revoked);
        AdaSession.Send(Persistence, new CountUndelivered(0, Ada.Id, default));
        await AdaSession.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.CountUnread)); // and nothing was told before
    }

    [Fact]
    public async Task The_login_of_another_account_is_refused_like_one_that_is_unknown()
    {
        var (login, token) = await BeginLoginAsync(AdaSession);
        await BeginAsync(Bob, BobSession);

        BobSession.Send(Persistence, new EndLogin(0, Bob.Id, login));
        await BobSession.ExpectMsgAsync(Refusals.NoSuchLogin);
        BobSession.Send(Persistence, new EndLogin(0, Bob.Id, new LoginId(login.Value + 1000)));
        await BobSession.ExpectMsgAsync(Refusals.NoSuchLogin);
        BobSession.Send(Persistence, new EndLogin(0, Ada.Id, login)); // as whom he is not logged in
        await BobSession.ExpectMsgAsync(Refusals.NotLoggedIn(Operation.RevokeLogin));

        await UseAsync(CreateProbe(), token);
        AdaSession.Send(Persistence, new CountUndelivered(0, Ada.Id, default));
        await AdaSession.ExpectMsgAsync<UnreadCounted>();
    }

    [Fact]
    public async Task A_login_ends_though_who_revoked_it_is_taken_over_meanwhile()
    {
        var (stolen, token) = await BeginLoginAsync(CreateProbe("first"));
        var (thief, again) = (CreateProbe("thief"), CreateProbe("again"));
        await ResumeAsync(thief, token, Features.Side);
        await BeginAsync(Ada, AdaSession, takeover: true);

        AdaSession.Send(Persistence, new EndLogin(0, Ada.Id, stolen));
        await BeginAsync(Ada, again, takeover: true);

        await thief.ExpectMsgAsync(Revoked);
        Assert.Contains(
            new Answered(0, new LoginRevoked(IsOwn: false)),
            (await AdaSession.ReceiveAsync(2)).Select(told => told is Answered answer ? answer with { Request = 0 } : told));
    }

    [Theory]
    [InlineData(59.5, false)]
    [InlineData(60, true)]
    public async Task A_login_is_sheltered_from_older_ones_just_after_its_password_was_given(double seconds, bool isEnded)
    {
        var (_, token) = await BeginLoginAsync(CreateProbe("first"));
        var thief = CreateProbe("thief");
        await ResumeAsync(thief, token, Features.Side);
        _clock.Advance(TimeSpan.FromHours(1));
        var (older, _) = await BeginLoginAsync(CreateProbe("second"));
        _clock.Advance(TimeSpan.FromHours(1));
        var (owners, own) = await BeginLoginAsync(AdaSession, Features.Side);
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        thief.Send(Persistence, new EndLogin(0, Ada.Id, older));
        await thief.ExpectMsgAsync(new LoginRevoked(IsOwn: false));
        thief.Send(Persistence, new EndLogin(0, Ada.Id, owners));

        if (isEnded)
        {
            await thief.ExpectMsgAsync(new LoginRevoked(IsOwn: false));
            return;
        }
        await thief.ExpectMsgAsync(Refusals.LoginIsSheltered(TimeSpan.FromSeconds(60 - seconds)));
        var again = CreateProbe("again");
        await ResumeAsync(again, own, Features.Side);
        again.Send(Persistence, new EndLogin(0, Ada.Id, owners)); // by its own word it ends
        await again.ExpectMsgAsync(new LoginRevoked(IsOwn: true));
    }

    private static DateTimeOffset Milliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private async Task ResumeAsync(NumberedProbe session, TokenHash token, Features features = Features.None)
    {
        session.Send(Persistence, new ResumeSession(0, await UseAsync(session, token), features));
        await session.ExpectMsgAsync<SessionBegun>();
    }

    private async Task<(LoginId Login, TokenHash Token)> BeginLoginAsync(
        NumberedProbe session, Features features = Features.None)
    {
        var (_, hash) = TokenHash.New();
        session.Send(Persistence, new BeginSession(0, Ada, BetterHash: null)
        {
            Token = new NewToken(hash, TimeSpan.FromDays(1)),
            Features = features,
            Takeover = true,
        });
        return ((await session.ExpectMsgAsync<SessionBegun>()).Kept!.Value, hash);
    }

    private async Task<IReadOnlyList<ListedLogin>> ListAsync(NumberedProbe session, Account account, LoginId? own)
    {
        session.Send(Persistence, new FindLogins(0, account.Id, own));
        return (await session.ExpectMsgAsync<LoginsListed>()).Logins;
    }
}
