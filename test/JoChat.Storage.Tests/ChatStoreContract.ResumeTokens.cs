namespace JoChat.Storage.Tests;

public abstract partial class ChatStoreContract
{
    [Fact]
    public void A_token_finds_its_account_and_no_other_token_does()
    {
        AddToken(Ada, 1);
        AddToken(Bob, 2);

        Assert.Equal(new Account(Ada, "ada", "hash of ada"), FindByToken(1));
        Assert.Equal("bob", FindByToken(2)?.Username);
        Assert.Null(FindByToken(3));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_token_is_found_until_it_expires(int millisecondsAfterExpiry, bool isFound)
    {
        AddToken(Ada, 1, Noon.ToOffset(TimeSpan.FromHours(2)));

        var found = Use(1, login: 1, at: Noon.AddMilliseconds(millisecondsAfterExpiry));
        var replaced = Use(2, login: 1, at: Noon.AddMilliseconds(millisecondsAfterExpiry));

        Assert.Equal(isFound, found is not null);
        Assert.Equal(isFound, replaced is not null);
    }

    [Fact]
    public void From_where_an_account_was_last_used_is_known_until_that_login_is_revoked()
    {
        var (ada, bob) = (Ada, Bob);
        var login = AddToken(ada, 1, use: new TokenUse(Noon, "client", "192.0.2.1"));
        Assert.Equal(
            (true, false, false),
            (Store.HasLoginFrom(ada, "192.0.2.1"), Store.HasLoginFrom(ada, "192.0.2.2"), Store.HasLoginFrom(bob, "192.0.2.1")));

        InBatch(() => Store.RevokeLogin(ada, login));

        Assert.False(Store.HasLoginFrom(ada, "192.0.2.1"));
    }

    [Fact]
    public void A_revoked_login_is_not_found_and_the_others_are()
    {
        var first = AddToken(Ada, 1);
        var second = AddToken(Ada, 2);

        var bob = Bob;
        InBatch(() => Assert.False(Store.RevokeLogin(bob, first))); // it is not his
        Assert.True(Store.HasLogin(first));
        InBatch(() => Assert.True(Store.RevokeLogin(Ada, first)));
        InBatch(() => Assert.False(Store.RevokeLogin(Ada, first)));

        Assert.Equal((false, true), (Store.HasLogin(first), Store.HasLogin(second)));
        Assert.Equal([2], FoundTokens(2));
    }

    [Fact]
    public void A_token_and_the_one_offered_in_its_place_are_good_until_the_new_one_is_used()
    {
        var login = AddToken(Ada, 1);
        Offer(login, 2);

        Assert.False(Use(1, login: 1)?.IsReplaced);
        Assert.False(Use(1, login: 1)?.IsReplaced);
        Assert.False(Use(2, login: 1)?.IsReplaced);

        Assert.False(Use(2, login: 1)?.IsReplaced);
        Assert.Equal(login, Use(1, login: 1)?.Login);
        Assert.True(Use(1, login: 1)?.IsReplaced);
        Assert.Equal([2], FoundTokens(2)); // showing the other has changed nothing
    }

    [Fact]
    public void Of_several_tokens_offered_any_is_good_until_one_is_used()
    {
        var login = AddToken(Ada, 1);
        for (var token = 2; token <= 4; token++) { Offer(login, token); }

        Assert.False(Use(3, login: 1)?.IsReplaced);

        Assert.All([1, 2, 4], token => Assert.True(Use(token, login: 1)?.IsReplaced));
    }

    [Fact]
    public void So_many_tokens_are_offered_at_once_and_the_oldest_go()
    {
        var login = AddToken(Ada, 1);
        for (var token = 2; token <= 6; token++) { Offer(login, token, keep: 3, Noon.AddMilliseconds(token)); }

        Assert.Equal([1, 4, 5, 6], FoundTokens(6));
    }

    [Fact]
    public void A_use_of_one_login_leaves_the_others_alone()
    {
        var (mine, other) = (AddToken(Ada, 1), AddToken(Ada, 5));
        Offer(mine, 2);
        Offer(other, 6);

        Use(2, login: 1);

        Assert.Equal([2, 5, 6], FoundTokens(6));
    }

    [Fact]
    public void Logins_are_listed_with_what_was_told_of_them_the_last_used_first()
    {
        var first = AddToken(Ada, 1, use: new TokenUse(Noon, "cli", "192.0.2.1"));
        var second = AddToken(Ada, 2, use: new TokenUse(Noon.AddHours(1)));
        AddToken(Bob, 3);

        Use(1, login: 1, at: Noon.AddHours(2), address: "192.0.2.7");

        var listed = new StoredLogin(first, "cli", "192.0.2.7", Noon, Noon.AddHours(2));
        Assert.Equal(
            [listed, new StoredLogin(second, null, null, Noon.AddHours(1), Noon.AddHours(1))],
            Store.ListLogins(Ada, Noon, 16));
        Assert.Equal([listed], Store.ListLogins(Ada, Noon, 1));
        Assert.Empty(Store.ListLogins(Ada, Noon.AddDays(1), 16));
    }

    [Fact]
    public void All_tokens_of_an_account_are_revoked_and_no_others()
    {
        AddToken(Ada, 1);
        AddToken(Ada, 2);
        AddToken(Bob, 3);

        InBatch(() => Store.RevokeLogins(Ada));

        Assert.Equal([3], FoundTokens(3));
    }

    [Fact]
    public void An_account_keeps_so_many_tokens_and_the_oldest_go()
    {
        AddToken(Bob, 1, Noon.AddDays(1), keep: 3);
        for (var token = 2; token <= 6; token++) { AddToken(Ada, token, Noon.AddDays(token), keep: 3); }

        Assert.Equal([1, 4, 5, 6], FoundTokens(6));

        AddToken(Ada, 7, Noon.AddDays(1), keep: 1); // the new one stays, though it expires first
        Assert.Equal([1, 7], FoundTokens(7));
    }

    [Fact]
    public void Of_tokens_that_expire_together_the_new_one_stays()
    {
        for (var token = 1; token <= 8; token++)
        {
            AddToken(Ada, token, keep: 2);
            Assert.NotNull(FindByToken(token));
        }

        Assert.Equal(2, FoundTokens(8).Count());
    }

    [Fact]
    public void Expired_tokens_are_deleted_the_oldest_first_and_only_they()
    {
        for (var token = 1; token <= 5; token++) { AddToken(Ada, token, Noon.AddDays(token)); }

        InBatch(() =>
        {
            Assert.False(Store.HasExpiredLogins(Noon.AddDays(1).AddMilliseconds(-1)));
            Assert.True(Store.HasExpiredLogins(Noon.AddDays(1)));
            Assert.Equal(2, Store.DeleteExpiredLogins(Noon.AddDays(3), 2));
            Assert.Equal(1, Store.DeleteExpiredLogins(Noon.AddDays(3), 2));
            Assert.Equal(0, Store.DeleteExpiredLogins(Noon.AddDays(3), 2));
        });

        Assert.Equal([4, 5], FoundTokens(5));
    }

    [Fact]
    public void The_tokens_of_a_deleted_account_and_of_a_reset_store_are_gone()
    {
        AddToken(Ada, 1);
        AddToken(Bob, 2);

        InBatch(() => Store.DeleteWhole(Ada));
        Assert.Equal([2], FoundTokens(2));

        InBatch(Store.Reset);
        Assert.Empty(FoundTokens(2));
        var next = Add("ada");
        AddToken(next, 2); // its hash is free again
    }

    [Fact]
    public void Tokens_survive_reopening_and_not_a_rollback()
    {
        AddToken(Ada, 1);
        Store.Begin();
        Store.AddLogin(New(Ada, 2), keep: 1);
        Store.RevokeLogins(Ada);
        Store.Rollback();

        Reopen();

        Assert.Equal([1], FoundTokens(2));
    }

    private static byte[] Hash(int token) => System.Security.Cryptography.SHA256.HashData([(byte)token]);

    private static NewLogin New(AccountId account, int token, DateTimeOffset? expiresAt = null, TokenUse? use = null) =>
        new(account, $"login {token}", Hash(token), expiresAt ?? Noon.AddDays(1), use ?? new TokenUse(Noon));

    private LoginId AddToken(
        AccountId account, int token, DateTimeOffset? expiresAt = null, int keep = 16, TokenUse? use = null)
    {
        LoginId login = default;
        InBatch(() => login = Store.AddLogin(New(account, token, expiresAt, use), keep));
        return login;
    }

    private void Offer(LoginId login, int token, int keep = 16, DateTimeOffset? at = null) =>
        InBatch(() => Store.OfferToken(login, Hash(token), at ?? Noon, keep));

    private UsedToken? Use(int token, int login, DateTimeOffset? at = null, string? address = null)
    {
        UsedToken? used = null;
        InBatch(() => used = Store.UseToken(
            new StoredToken(Hash(token), ["?", $"login {login}"]), new TokenUse(at ?? Noon, Address: address)));
        return used;
    }

    // Without its selector, a token is found only if it is good. Nothing is changed.
    private Account? FindByToken(int token)
    {
        Store.Begin();
        var used = Store.UseToken(new StoredToken(Hash(token), []), new TokenUse(Noon));
        Store.Rollback();
        return used?.Account;
    }

    private IEnumerable<int> FoundTokens(int upTo) =>
        [.. Enumerable.Range(1, upTo).Where(token => FindByToken(token) is not null)];
}
