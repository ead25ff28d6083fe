namespace JoChat.Storage.Tests;

/// <summary>A database that is imported is as if people had written all of it, and is there when it is whole.</summary>
public sealed class ImportedDatabaseTests : DatabaseTests
{
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    private static readonly string[] Names = ["ada", "bob", "cyd", "eve"];

    // Sender, recipient, id, and whether it was delivered. For ada a gap, for bob all, for cyd none; eve writes to herself.
    private static readonly (int Sender, int Recipient, long Id, bool IsDelivered)[] Messages =
    [
        (2, 1, 3, true), (3, 1, 4, true), (2, 1, 7, false), (2, 1, 8, true), (3, 1, 9, true), (3, 1, 10, false),
        (1, 2, 11, true), (4, 4, 12, true), (1, 2, 13, true), (1, 3, 14, false), (4, 4, 20, false), (2, 1, 21, true),
    ];

    [Fact]
    public void It_is_the_same_as_one_that_was_written_message_by_message()
    {
        Import(Folder.Database);
        using var written = new TestFolder();
        var sentBytes = Write(written.Database);

        Assert.Equal(LinesOf(written.Database), LinesOf(Folder.Database));
        using var store = Open();
        Assert.Equal(sentBytes, Names.Select((_, i) => store.CountSentBytes(new AccountId(i + 1))));
    }

    [Fact]
    public void What_was_not_delivered_waits_and_nothing_else_does()
    {
        Import(Folder.Database);
        using var store = Open();

        for (var account = 1; account <= Names.Length; account++)
        {
            var undelivered = store.ReadUndelivered(new AccountId(account), default, new MessageId(99), 99, 9999);
            Assert.Equal(
                Messages.Where(message => message.Recipient == account && !message.IsDelivered).Select(message => message.Id),
                undelivered.Select(message => message.Id.Value));
        }
    }

    [Fact]
    public void The_next_ids_are_above_all_that_were_ever_given()
    {
        Import(Folder.Database, lastAccount: 40, lastMessage: 50);
        using var store = Open();

        Assert.Equal(new MessageId(50), store.LastMessageId);
        Assert.Equal(new AccountId(41), store.Add("new"));
    }

    [Fact]
    public void Ids_with_gaps_are_kept()
    {
        using (var target = ImportedDatabase.Create(Folder.Database, name => name))
        {
            target.AddAccount(new ImportedAccount(new AccountId(7), "ada", "ADA", "hash"), Then);
            target.AddAccount(new ImportedAccount(new AccountId(1L << 52), "bob", "BOB", "hash"), Then);
            target.AddMessage(
                new NewMessage(new MessageId(1L << 52), new AccountId(7), new AccountId(1L << 52), "hi", Then), false);
            target.Finish(default, default);
            target.Keep();
        }
        using var store = Open();

        Assert.Equal(7, store.FindAccount("ADA")!.Id.Value);
        var message = Assert.Single(store.ReadUndelivered(new AccountId(1L << 52), default, store.LastMessageId, 9, 999));
        Assert.Equal((1L << 52, 7, Then), (message.Id.Value, message.SenderId.Value, message.SentAt));
    }

    [Fact]
    public void Nothing_is_there_before_it_is_whole_and_nothing_else_after()
    {
        using (var target = ImportedDatabase.Create(Folder.Database, name => name))
        {
            Fill(target);
            target.Finish(default, default);
            Assert.False(File.Exists(Folder.Database));
            target.Keep();
        }

        Assert.Equal([Folder.Database], Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public void What_is_given_up_leaves_nothing()
    {
        using (var target = ImportedDatabase.Create(Folder.Database, name => name)) { Fill(target); }

        Assert.Empty(Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public void What_a_run_that_was_killed_has_left_is_replaced()
    {
        using var died = new TestFolder();
        using var killed = ImportedDatabase.Create(died.Database, name => name);
        Fill(killed);
        foreach (var end in (string[])["", "-wal"])
        {
            File.Copy(died.Database + ".importing" + end, Folder.Database + ".importing" + end);
        }
        File.WriteAllText(Folder.Database + ".importing-source", "a copy");

        Import(Folder.Database);

        Assert.Equal([Folder.Database], Directory.GetFiles(Folder.Path));
    }

    [Theory]
    [InlineData("chat.db", "")]
    [InlineData("chat.db", "anything")]
    [InlineData("chat.db-wal", "the end of a database that is lost")]
    [InlineData("chat.db-journal", "what would be undone in the new one")]
    public void A_place_that_is_taken_stays_as_it_is(string name, string content)
    {
        File.WriteAllText(Folder.File(name), content);

        var refused = Assert.Throws<StorageException>(() => ImportedDatabase.Create(Folder.Database, skeleton => skeleton));

        Assert.Equal(
            $"{Folder.File(name)} is there already, and nothing is imported into it; name a new file with --db",
            refused.Message);
        Assert.Equal([Folder.File(name)], Directory.GetFiles(Folder.Path));
        Assert.Equal(content, File.ReadAllText(Folder.File(name)));
    }

    [Fact]
    public void What_fails_just_before_leaves_nothing_there()
    {
        using (var target = ImportedDatabase.Create(Folder.Database, name => name))
        {
            Fill(target);
            target.Finish(default, default);

            Assert.Throws<IOException>(() => target.Keep(() => throw new IOException("it was changed")));
            Assert.False(target.IsKept);
        }

        Assert.Empty(Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public void A_database_that_appears_meanwhile_stays_as_it_is()
    {
        using (var target = ImportedDatabase.Create(Folder.Database, name => name))
        {
            Fill(target);
            target.Finish(default, default);
            Open().Dispose();
            var before = Folder.Hash();

            Assert.Throws<StorageException>(() => target.Keep());
            Assert.Equal(before, Folder.Hash());
        }
    }

    [Fact]
    public void A_second_import_into_the_same_place_is_refused()
    {
        using (var first = ImportedDatabase.Create(Folder.Database, name => name))
        {
            Fill(first);

            var refused = Assert.Throws<StorageException>(() => ImportedDatabase.Create(Folder.Database, name => name));

            Assert.Contains(" is in use ", refused.Message, StringComparison.Ordinal);
            first.Finish(default, default);
            first.Keep();
        }

        Assert.True(File.Exists(Folder.Database));
    }

    [Theory]
    [InlineData("UPDATE messages SET content = 'other' WHERE id = 8")]
    [InlineData("UPDATE messages SET received = 0 WHERE id = 8")]
    [InlineData("DELETE FROM messages WHERE id = 21; DELETE FROM sent_bytes")]
    [InlineData("UPDATE accounts SET password_hash = 'other' WHERE id = 2")]
    public void What_is_not_read_as_it_was_written_is_not_kept(string change)
    {
        using var target = ImportedDatabase.Create(Folder.Database, name => name);
        Fill(target);
        target.Commit();
        using (var other = Sqlite.Connect(Folder.Database + ".importing")) { other.Run(change); }

        var refused = Assert.Throws<StorageException>(() => target.Finish(default, default));

        Assert.Contains("is not what is read from it", refused.Message, StringComparison.Ordinal);
    }

    private static void Import(string path, long lastAccount = 0, long lastMessage = 0)
    {
        using var target = ImportedDatabase.Create(path, name => name);
        Fill(target);
        target.Finish(new AccountId(lastAccount), new MessageId(lastMessage));
        target.Keep();
    }

    private static void Fill(ImportedDatabase target)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            target.AddAccount(
                new ImportedAccount(new AccountId(i + 1), Names[i], Names[i].ToUpperInvariant(), "hash of " + Names[i]), Then);
        }
        foreach (var message in Messages) { target.AddMessage(New(message), message.IsDelivered); }
    }

    private static NewMessage New((int Sender, int Recipient, long Id, bool IsDelivered) message) => new(
        new MessageId(message.Id), new AccountId(message.Sender), new AccountId(message.Recipient), $"text {message.Id} é",
        Then);

    // By the calls that serve people; what was delivered counts as read, up to what was not.
    private static IEnumerable<long> Write(string path)
    {
        using var store = SqliteChatStore.Open(path, isChecked: false, new StoreLimits { MaxUnindexed = 1 });
        store.InBatch(() =>
        {
            foreach (var name in Names) { store.AddAccount(name, name.ToUpperInvariant(), "hash of " + name, Then); }
            foreach (var message in Messages) { store.AddMessage(New(message)); }
            foreach (var marked in (long[])[8, 9, 21])
            {
                store.MarkDeliveredAfter(new AccountId(1), new MessageId(marked - 1), new MessageId(marked));
            }
            store.AdvanceWatermark(new AccountId(1), new MessageId(4));
            store.AdvanceWatermark(new AccountId(2), new MessageId(13));
            store.AdvanceWatermark(new AccountId(4), new MessageId(12));
            store.MarkReadThrough(new AccountId(1), new AccountId(2), new MessageId(3), 9);
            store.MarkReadThrough(new AccountId(1), new AccountId(3), new MessageId(9), 9);
            store.MarkReadThrough(new AccountId(2), new AccountId(1), new MessageId(13), 9);
            store.MarkReadThrough(new AccountId(4), new AccountId(4), new MessageId(12), 9);
        });
        store.InBatch(() => { }); // before it, conversations are indexed
        return [.. Names.Select((_, i) => store.CountSentBytes(new AccountId(i + 1)))];
    }

    // What was sent is counted a little later where people write, and at once here.
    private static List<string> LinesOf(string path)
    {
        using var side = SqliteMoveSide.OpenSource(path, isChecked: true, name => name);
        return [.. Manifest.Of(side, NoProgress.Instance).Select(line => line.ToString())
            .Where(line => !line.StartsWith("sent_bytes ", StringComparison.Ordinal))];
    }
}
