using System.Security.Cryptography;

namespace JoChat.Storage.Tests;

/// <summary>Tokens of schema 6, which have no login, brought to the newest.</summary>
public sealed class Migration0007Tests : DatabaseTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Hash = SHA256.HashData("old"u8), Next = SHA256.HashData("next"u8);

    public Migration0007Tests()
    {
        using var connection = Sqlite.CreateOld(Folder.Database, schema: 6);
        connection.Run($"""
            INSERT INTO accounts (id, username, username_key, password_hash, created_at) VALUES (1, 'ada', 'ADA', 'hash', 0);
            INSERT INTO resume_tokens (hash, account_id, expires_at)
            VALUES (x'{Convert.ToHexString(Hash)}', 1, {Noon.AddDays(1).ToUnixTimeMilliseconds()});
            """);
    }

    [Fact]
    public void An_old_token_goes_on_is_replaced_and_is_known_again_when_it_is_shown_then()
    {
        using var store = Open();
        store.Begin();
        var old = new StoredToken(Hash, ["no selector", Convert.ToHexString(Hash)[..16]]);

        var used = store.UseToken(old, new TokenUse(Noon))!;
        store.OfferToken(used.Login, Next, Noon, keep: 4);
        var next = store.UseToken(new StoredToken(Next, [used.Selector]), new TokenUse(Noon));

        Assert.Equal((false, "ada"), (used.IsReplaced, used.Account.Username));
        Assert.Equal(used, next);
        Assert.True(store.UseToken(old, new TokenUse(Noon))?.IsReplaced);
        store.Commit();
    }
}
