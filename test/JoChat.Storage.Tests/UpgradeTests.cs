using System.Security.Cryptography;
using System.Text;

namespace JoChat.Storage.Tests;

/// <summary>Databases that older programs wrote, brought to the newest schema. All hold what make.py had people say.</summary>
public sealed class UpgradeTests : DatabaseTests
{
    private const int All = 1000;
    private const int FirstWithClientIds = 2, FirstWithLogins = 8, FirstWithBlocks = 10; // 7 and 9 no program wrote

    private static readonly AccountId Ada = new(2), Bob = new(3), Cyd = new(4), Dee = new(5), Eve = new(6);
    private static readonly MessageId Newest = new(long.MaxValue);

    public static TheoryData<int> Schemas => [.. OldDatabases.Sqlite];

    [Fact]
    public void There_is_a_database_of_each_schema_before_the_newest()
    {
        Assert.Equal(Enumerable.Range(1, (int)Migrations.Newest - 1), OldDatabases.Sqlite); // if not, see its README.md
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void An_old_database_comes_to_the_schema_of_a_new_one_whole(int schema)
    {
        OldDatabases.Unpack(schema, Folder.Database);
        using (var old = Sqlite.Connect(Folder.Database)) { Assert.Equal((long)schema, old.Run("PRAGMA user_version")); }

        Open().Dispose();

        using var upgraded = Sqlite.Connect(Folder.Database);
        Assert.Equal(Migrations.Newest, upgraded.Run("PRAGMA user_version"));
        Assert.Equal("ok", upgraded.Run("PRAGMA integrity_check"));
        Assert.Null(upgraded.Run("PRAGMA foreign_key_check"));
        SqliteChatStore.Open(Folder.File("new.db")).Dispose();
        using var made = Sqlite.Connect(Folder.File("new.db"));
        Assert.Equal(ReadSchema(made), ReadSchema(upgraded));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Accounts_stay_and_the_deleted_one_does_not_come_back(int schema)
    {
        using var store = Upgrade(schema);
        using var reader = store.OpenReader();

        Assert.Equal(
            [(2, "ada"), (3, "Bob"), (4, "cyd"), (6, "eve"), (1, "fay"), (7, "Zoë")],
            reader.ListAccounts("%", 0, All).Select(account => (account.Id.Value, account.Username)));
        Assert.Equal("Zoë", store.FindAccount("ZOË")?.Username);
        Assert.Equal([Bob], reader.ListAccounts("%OB%", 0, All).Select(account => account.Id));
        Assert.Equal(["Bob"], store.FindSameSkeleton("bob", WhenWritten(store), All));
        Assert.Equal(2, store.FindHashKinds().Count);
        Assert.Equal(schema >= FirstWithLogins, store.IsHeld("DEE", WhenWritten(store)));
        Assert.False(store.HasRemains);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Messages_stay_in_their_order_and_in_their_state(int schema)
    {
        using var store = Upgrade(schema);

        var read = schema >= FirstWithClientIds ? DeliveryState.Read : DeliveryState.Delivered; // schema 1 knew no read
        Assert.Equal(
            [
                (1, Ada, "one", DeliveryState.Read), // below the watermark: counts as read from schema 1 too
                (2, Ada, "two", DeliveryState.Read),
                (3, Ada, "three\0 é e\u0301 ☕ 😀", DeliveryState.Stored),
                (5, Ada, "live, received past what waits", DeliveryState.Delivered),
                (6, Bob, "reply", read),
                (7, Ada, new string('x', 65535), DeliveryState.Stored),
            ],
            History(store, Ada, Bob));
        Assert.Equal([(4, Ada, read)], History(store, Ada, Ada).Select(own => (own.Id, own.Sender, own.State)));
        Assert.Equal([(9, Cyd, "hello from cyd", DeliveryState.Stored)], History(store, Bob, Cyd));
        Assert.Empty(History(store, Ada, Cyd));
        Assert.Empty(History(store, Cyd, Cyd));
        Assert.Empty(History(store, Ada, Dee));

        var kept = (12, Eve, "before the block", read);
        var withheld = (13, Eve, "withheld, if there are blocks", DeliveryState.Stored);
        Assert.Equal([kept, withheld], History(store, Eve, Ada));
        Assert.Equal(schema >= FirstWithBlocks ? [kept] : [kept, withheld], History(store, Ada, Eve));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Counts_lists_and_blocks_stay(int schema)
    {
        using var store = Upgrade(schema);
        using var reader = store.OpenReader();

        var (hasRead, hasBlocks) = (schema >= FirstWithClientIds, schema >= FirstWithBlocks);
        Assert.Equal([3, 7, 9], Undelivered(store, Bob));
        Assert.Equal(hasBlocks ? [] : [13], Undelivered(store, Ada));
        Assert.Equal([("cyd", 9, 1), ("ada", 7, 3)], Conversations(reader, Bob));
        Assert.Equal(
            [("eve", hasBlocks ? 12 : 13, (hasRead ? 0 : 1) + (hasBlocks ? 0 : 1)), ("Bob", 7, hasRead ? 0 : 1),
                ("ada", 4, hasRead ? 0 : 1)],
            Conversations(reader, Ada));
        Assert.Equal([("Bob", 9, 0)], Conversations(reader, Cyd));
        Assert.Equal([("ada", 13, 0)], Conversations(reader, Eve));
        Assert.Equal(hasBlocks ? [Eve] : [], reader.ListBlocked(Ada, default, All).Select(account => account.Id));
        Assert.Equal(hasBlocks, store.IsBlocked(Ada, Eve));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Ids_go_on_above_also_those_of_what_was_deleted(int schema)
    {
        using var store = Upgrade(schema);

        Assert.Equal(14, store.LastMessageId.Value);
        var gil = store.Add("gil");
        Assert.Equal(8, gil.Value);
        store.InBatch(() => store.AddMessage(gil, Bob, "new", DateTimeOffset.UnixEpoch));
        Assert.Equal([3, 7, 9, 15], Undelivered(store, Bob));
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Retries_are_known_again_and_resume_tokens_are_good(int schema)
    {
        using var store = Upgrade(schema);
        var now = WhenWritten(store);
        var token = History(store, Ada, Ada)[0].Content;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));

        var retried = store.FindFirstSend(new NewMessage(new MessageId(15), Ada, Bob, "one", now, "m-1"));
        var ofDeleted = store.FindFirstSend(new NewMessage(new MessageId(15), Cyd, Ada, "deleted by ada", now, "m-1"));
        store.Begin();
        var used = store.UseToken(
            new StoredToken(hash, [token[..Math.Min(16, token.Length)], Convert.ToHexString(hash)[..16]]), new TokenUse(now));
        store.Commit();

        if (schema < FirstWithClientIds)
        {
            Assert.Equal((null, null, null), (retried, ofDeleted, used));
            return;
        }
        Assert.Equal((1, true), (retried?.Id.Value, retried?.IsSame));
        Assert.Equal((8, true), (ofDeleted?.Id.Value, ofDeleted?.IsSame));
        Assert.Equal(("ada", false), (used?.Account.Username, used?.IsReplaced));
    }

    private static string ReadSchema(Microsoft.Data.Sqlite.SqliteConnection connection) => (string)connection.Run("""
        SELECT group_concat(type || ' ' || name || ' ' || ifnull(sql, ''), char(10) ORDER BY name) FROM sqlite_schema
        """)!;

    private static List<(long Id, AccountId Sender, string Content, DeliveryState State)> History(
        SqliteChatStore store, AccountId account, AccountId other)
    {
        using var reader = store.OpenReader();
        return
        [
            .. reader.ReadHistory(account, other, Newest, All, 1 << 20)
                .Select(message => (message.Id.Value, message.Sender, message.Content, message.State)),
        ];
    }

    private static IEnumerable<(string With, long Last, long Unread)> Conversations(IChatReader reader, AccountId account) =>
        reader.ListConversations(account, Newest, All, 1 << 20).Select(
            conversation => (conversation.With.Username, conversation.LastMessage.Id.Value, conversation.UnreadCount));

    private static IEnumerable<long> Undelivered(SqliteChatStore store, AccountId account)
    {
        var messages = store.ReadUndelivered(account, default, Newest, All, 1 << 20);
        Assert.Equal(messages.Count, store.CountAll(account, default, Newest));
        return messages.Select(message => message.Id.Value);
    }

    // Logins, held names and client ids last from then on.
    private static DateTimeOffset WhenWritten(SqliteChatStore store)
    {
        using var reader = store.OpenReader();
        return reader.ReadHistory(Ada, Bob, Newest, 1, 1 << 20)[0].SentAt;
    }

    private SqliteChatStore Upgrade(int schema)
    {
        OldDatabases.Unpack(schema, Folder.Database);
        return SqliteChatStore.Open(Folder.Database, skeletonOf: name => name.ToLowerInvariant());
    }
}
