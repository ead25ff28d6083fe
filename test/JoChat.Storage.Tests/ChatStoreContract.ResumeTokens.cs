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
        Assert.Null(Store.FindAccountByToken([], Noon));
        Assert.Null(Store.FindAccountByToken(Hash(1)[..31], Noon));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_token_is_found_until_it_expires(int millisecondsAfterExpiry, bool isFound)
    {
        AddToken(Ada, 1, Noon.ToOffset(TimeSpan.FromHours(2)));

        var found = Store.FindAccountByToken(Hash(1), Noon.AddMilliseconds(millisecondsAfterExpiry));

        Assert.Equal(isFound, found is not null);
    }

    [Fact]
    public void A_revoked_token_is_not_found_and_the_others_are()
    {
        AddToken(Ada, 1);
        AddToken(Ada, 2);

        InBatch(() => Store.RevokeToken(Hash(1)));
        InBatch(() => Store.RevokeToken(Hash(3)));

        Assert.Null(FindByToken(1));
        Assert.NotNull(FindByToken(2));
    }

    [Fact]
    public void All_tokens_of_an_account_are_revoked_and_no_others()
    {
        AddToken(Ada, 1);
        AddToken(Ada, 2);
        AddToken(Bob, 3);

        InBatch(() => Store.RevokeTokens(Ada));

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
            Assert.False(Store.HasExpiredTokens(Noon.AddDays(1).AddMilliseconds(-1)));
            Assert.True(Store.HasExpiredTokens(Noon.AddDays(1)));
            Assert.Equal(2, Store.DeleteExpiredTokens(Noon.AddDays(3), 2));
            Assert.Equal([3, 4, 5], FoundTokens(5));
            Assert.Equal(1, Store.DeleteExpiredTokens(Noon.AddDays(3), 2));
            Assert.Equal(0, Store.DeleteExpiredTokens(Noon.AddDays(3), 2));
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
        Store.AddResumeToken(Ada, Hash(2), Noon.AddDays(1), keep: 1);
        Store.RevokeTokens(Ada);
        Store.Rollback();

        Reopen();

        Assert.Equal([1], FoundTokens(2));
    }

    private static byte[] Hash(int token) => System.Security.Cryptography.SHA256.HashData([(byte)token]);

    private void AddToken(AccountId account, int token, DateTimeOffset? expiresAt = null, int keep = 16) =>
        InBatch(() => Store.AddResumeToken(account, Hash(token), expiresAt ?? Noon.AddDays(1), keep));

    private Account? FindByToken(int token) => Store.FindAccountByToken(Hash(token), Noon);

    private IEnumerable<int> FoundTokens(int upTo) =>
        Enumerable.Range(1, upTo).Where(token => FindByToken(token) is not null);
}
