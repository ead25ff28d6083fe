using System.Globalization;
using JoChat.Storage.Tests;

namespace JoChat.Storage.Postgres.Tests;

/// <summary>Something of all that a store can hold, and how to read it again through the store.</summary>
internal static class EveryKindOfData
{
    public static readonly StoreLimits Limits = new() { MaxUnindexed = 10, DeletedAtOnce = 1 };

    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly string[] Names = ["ada", "bob", "eve", "Zoë\u0301", "null\0and\u0001one\u0002", "\U0001F389party"];
    private static readonly string[] Texts = ["hello", "", "\0", "a\0b\u0001\u0002", "é\u2713\U0001F389", "\r\n\t'\"\\"];

    /// <summary>Writes it into an empty store with these limits.</summary>
    public static void Write(IChatStore store)
    {
        AccountId[] all = [.. Names.Select(name => store.Add(name))];
        var (ada, bob, eve) = (all[0], all[1], all[2]);
        store.InBatch(() =>
        {
            foreach (var sender in all)
            {
                foreach (var recipient in all)
                {
                    foreach (var text in Texts) { store.AddMessage(sender, recipient, text, Noon); }
                }
            }
        });
        store.InBatch(() => store.AdvanceWatermark(bob, new MessageId(20)));
        store.InBatch(() => store.MarkDeliveredAfter(bob, new MessageId(40), new MessageId(150)));
        store.InBatch(() => store.MarkReadThrough(bob, ada, new MessageId(8), 10));
        store.InBatch(() => Assert.True(store.Block(eve, ada, 10)));
        store.InBatch(() =>
        {
            Say(store, ada, eve, "withheld", "w\0", isWithheld: true);
            Say(store, ada, bob, "named", "c-1");
            Say(store, bob, ada, new string('x', 70_000), "long"); // more than is kept back of what was sent
            Say(store, bob, ada, "skips ids", null, skipped: 1000);
        });
        store.InBatch(() => store.DeleteMessages(bob, new long[] { 7, 8, 1001 }));
        AddLogins(store, ada, bob);
        store.InBatch(() => store.HoldName("he\0ld", "HE\0LD", Noon.AddDays(1)));
        LeaveRemains(store);
    }

    /// <summary>Tells all of it in lines.</summary>
    public static List<string> Read(IChatStore store)
    {
        var lines = new List<string> { $"{store.LastMessageId} {store.HasRemains} {store.IsHeld("HE\0LD", Noon)}" };
        lines.AddRange(store.FindSameSkeleton("he\0ld", Noon, 10));
        using var reader = store.OpenReader();
        AccountId[] all = [.. Names.Select(name => store.FindAccount(name.ToUpperInvariant())!.Id)];
        var last = new MessageId(long.MaxValue);
        foreach (var account in all)
        {
            lines.Add($"{account} {store.CountAll(account, default, last)} {store.CountSentBytes(account)}");
            lines.AddRange(store.ReadUndelivered(account, default, last, 1000, 1_000_000).Select(message => $"{message}"));
            lines.AddRange(store.ReadUnmarked(account, default, last, 1000, 1_000_000).Select(message => $"{message}"));
            lines.AddRange(all.SelectMany(other =>
                reader.ReadHistory(account, other, last, 1000, 1_000_000).Select(message => $"{message}")));
            lines.AddRange(reader.ListBlocked(account, default, 10).Select(blocked => $"{blocked}"));
            lines.AddRange(store.ListLogins(account, Noon, 10).Select(login => $"{login}"));
            lines.AddRange(store.FindContactsOf(account, default, 100).Select(contact => $"contact {contact}"));
        }
        lines.AddRange(Names.Select(name => $"{store.FindAccount(name.ToUpperInvariant())}"));
        lines.Add($"{store.FindFirstSend(new NewMessage(last, all[0], all[1], "named", Noon, "c-1"))}");
        lines.Add($"{store.FindFirstSend(new NewMessage(last, all[0], all[2], "other", Noon, "w\0"))}");
        return lines;
    }

    /// <summary>That no id is given twice.</summary>
    public static (AccountId Account, LoginId Login) GiveNextIds(IChatStore store)
    {
        var account = store.Add("next");
        LoginId login = default;
        store.InBatch(() => login = store.AddLogin(Login(account, 100), keep: 10));
        return (account, login);
    }

    /// <summary>The login that a token of <see cref="Write"/> is good for.</summary>
    public static UsedToken? Use(IChatStore store, byte token)
    {
        UsedToken? used = null;
        store.InBatch(() => used = store.UseToken(new StoredToken(Hash(token), [$"s{token}"]), new TokenUse(Noon)));
        return used;
    }

    private static void Say(
        IChatStore store, AccountId from, AccountId to, string text, string? clientId, bool isWithheld = false,
        int skipped = 0) => store.AddMessage(new NewMessage(
            new MessageId(store.LastMessageId.Value + 1 + skipped), from, to, text, Noon, clientId, isWithheld));

    private static void AddLogins(IChatStore store, AccountId ada, AccountId bob)
    {
        LoginId kept = default;
        store.InBatch(() =>
        {
            kept = store.AddLogin(Login(ada, 1, "web\0", "192.0.2.1"), keep: 10);
            store.AddLogin(Login(bob, 2), keep: 10);
            var revoked = store.AddLogin(Login(bob, 3), keep: 10);
            store.RevokeLogin(bob, revoked);
        });
        store.InBatch(() => store.OfferToken(kept, Hash(4), Noon.AddHours(1), keep: 2));
    }

    // One account is deleted and gone, of two others something is left.
    private static void LeaveRemains(IChatStore store)
    {
        AccountId[] deleted = [.. Enumerable.Range(1, 14).Select(i => store.Add(i.ToString(CultureInfo.InvariantCulture)))];
        store.InBatch(() =>
        {
            foreach (var account in deleted) { store.AddMessages(account, count: 3); }
        });
        foreach (var account in deleted) { store.InBatch(() => store.DeleteAccount(account)); }
        for (var i = 0; i < 5; i++) { store.InBatch(store.RemoveRemains); }
        var gone = store.Add("gone"); // had the highest id
        store.InBatch(() => store.DeleteAccount(gone));
    }

    private static NewLogin Login(AccountId account, byte token, string? client = null, string? address = null) =>
        new(account, $"s{token}", Hash(token), Noon.AddDays(30), new TokenUse(Noon, client, address));

    private static byte[] Hash(byte token) => [.. Enumerable.Repeat(token, 32)];
}
