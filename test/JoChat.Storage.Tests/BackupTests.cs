namespace JoChat.Storage.Tests;

/// <summary>A backup is whole, each change of it is found, and a restored one gives no number twice.</summary>
public sealed class BackupTests : DatabaseTests
{
    private static readonly DateTimeOffset MadeAt = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private string Backup => Folder.File("backup.db");

    // A copy that began anew with each commit would have no end.
    [Fact]
    public void What_was_committed_before_is_in_it_and_what_is_written_meanwhile_does_not_stop_it()
    {
        using var store = Open();
        var ada = store.Add("ada");
        Fill(store, ada, batches: 500); // more than 8 MiB, which are three reports
        var before = store.LastMessageId.Value;
        var writing = new WritingProgress(() => store.InBatch(() => store.AddMessages(ada, 10)));

        var made = SqliteBackup.Make(Folder.Database, Backup, "1.0", MadeAt, writing);

        Assert.InRange(writing.Writes, 2, 9);
        Assert.Equal(before, made.Messages);
        var (verified, madeAt) = Verify();
        Assert.Equal((before, MadeAt), (verified.Messages, madeAt));
        Assert.Empty(verified.Differences);
        Assert.Equal([Backup, Backup + ".manifest"], FilesOf("backup"));
    }

    [LinuxFact("ln")]
    public void A_database_is_copied_by_the_name_that_its_WAL_lies_beside_alone()
    {
        using var store = Open();
        store.InBatch(() => store.AddMessages(AddIn(store, "ada"), 10));
        var other = Folder.File("other.db");
        using (var linked = System.Diagnostics.Process.Start("ln", [Folder.Database, other])) { linked.WaitForExit(); }

        var refused = Assert.Throws<StorageException>(
            () => SqliteBackup.Make(other, Backup, "1.0", MadeAt, NoProgress.Instance));

        Assert.StartsWith($"{other} has 2 names (hard links), ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(10, Make().Messages);
    }

    [LinuxFact]
    public void A_second_backup_to_the_same_file_is_refused_and_the_first_one_is_whole()
    {
        using var store = Open();
        Fill(store, store.Add("ada"), batches: 500);
        var refusals = new List<string>();
        var meanwhile = new WritingProgress(() => refusals.Add(Assert.Throws<StorageException>(() => Make()).Message));

        SqliteBackup.Make(Folder.Database, Backup, "1.0", MadeAt, meanwhile);

        Assert.Equal([$"another backup to {Backup} is being made; wait for it, or name another file"], refusals.Distinct());
        Assert.Empty(Verify().Summary.Differences);
        Assert.Equal([Backup, Backup + ".manifest"], FilesOf("backup"));
    }

    [Fact]
    public void A_database_that_nobody_uses_is_copied_with_what_is_in_its_WAL_alone()
    {
        using var died = new TestFolder();
        using var store = SqliteChatStore.Open(died.Database);
        store.InBatch(() => store.AddMessages(AddIn(store, "ada"), 10));
        died.CopyDatabaseTo(Folder);

        Assert.Equal((1, 10), (Make().Accounts, Verify().Summary.Messages));
    }

    [Fact]
    public void A_byte_that_changed_anywhere_is_found()
    {
        MakeOne();
        var random = new Random(1);
        foreach (var file in (string[])[Backup, SqliteBackup.ManifestOf(Backup)])
        {
            var bytes = File.ReadAllBytes(file);
            for (var i = 0; i < 200; i++)
            {
                var (place, bit) = (random.Next(bytes.Length), (byte)(1 << random.Next(8)));
                bytes[place] ^= bit;
                File.WriteAllBytes(file, bytes);

                Assert.True(IsFaulty(), $"byte {place} of {file}");

                bytes[place] ^= bit;
            }
            File.WriteAllBytes(file, bytes);
        }
        Assert.False(IsFaulty());
    }

    [Fact]
    public void Whose_messages_changed_is_told()
    {
        using (var store = Open())
        {
            var (ada, bob) = (store.Add("ada"), store.Add("bob"));
            store.InBatch(() => store.AddMessage(ada, bob, "the original text", MadeAt));
        }
        Make();
        var bytes = File.ReadAllBytes(Backup);
        var place = bytes.AsSpan().IndexOf("original"u8);
        bytes[place] = (byte)'O';
        File.WriteAllBytes(Backup, bytes);

        var differences = Verify().Summary.Differences;

        Assert.Contains(differences, difference => difference.Contains("has changed since it was made", StringComparison.Ordinal));
        Assert.Contains(differences, difference => difference.StartsWith("messages 1 2: 1 rows (", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("backup.db", "has 8192 bytes, and had ")]
    [InlineData("backup.db.manifest", "is not as it was written, or no manifest")]
    public void A_file_that_was_cut_is_found(string name, string reason)
    {
        MakeOne();
        using (var file = File.OpenWrite(Folder.File(name))) { file.SetLength(name.EndsWith("db", StringComparison.Ordinal) ? 8192 : 100); }

        Assert.Contains(FaultsOf(), fault => fault.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void One_file_without_the_other_is_refused()
    {
        MakeOne();
        File.Delete(SqliteBackup.ManifestOf(Backup));

        Assert.Contains("a backup is both files", Assert.Single(FaultsOf()), StringComparison.Ordinal);
        Assert.Contains("a backup is both files", RefuseRestore(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup.db")]
    [InlineData("backup.db.manifest")]
    public void What_is_there_already_is_not_replaced_by_a_backup(string name)
    {
        Open().Dispose();
        File.WriteAllText(Folder.File(name), "mine");

        var refused = Assert.Throws<StorageException>(Make);

        Assert.Contains($"{name} is there already", refused.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Folder.File(name)));
    }

    [MountFact]
    public void On_a_full_disk_there_is_no_backup_and_nothing_is_left()
    {
        using (var store = Open()) { Fill(store, store.Add("ada"), batches: 50); }
        var folder = Directory.CreateDirectory(Folder.File("small")).FullName;
        using var disk = Mount.Memory(folder, kibibytes: 512);

        var failed = Assert.ThrowsAny<Exception>(() => Make(Path.Combine(folder, "backup.db")));

        Assert.Contains("full", failed.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public void A_restored_database_has_all_and_gives_no_number_that_was_given_since()
    {
        MakeOne();
        long since, epoch;
        using (var store = Open())
        {
            store.InBatch(() => store.AddMessages(AddIn(store, "cyd"), 100));
            (since, epoch) = (store.LastMessageId.Value, store.RaiseEpoch());
        }

        var (madeAt, above) = SqliteBackup.Restore(Backup, Folder.File("restored.db"), above: null, name => name);

        Assert.Equal((MadeAt, 1_000_200), (madeAt, above));
        using var restored = SqliteChatStore.Open(Folder.File("restored.db"));
        var ada = restored.FindAccount("ADA")!;
        Assert.Null(restored.FindAccount("CYD"));
        Assert.Equal("hello", restored.ReadUndelivered(ada.Id, default, new(long.MaxValue), 1, 1000)[0].Content);
        Assert.True(restored.LastMessageId.Value > since);
        Assert.True(restored.RaiseEpoch() > epoch);
        Assert.True(restored.Add("dan").Value > 2);
        restored.Dispose();
        Assert.Equal(["restored.db", "restored.db-lock"], FilesOf("restored").Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(7_000_000, 7_000_000)]
    [InlineData(5, 200)] // never below what is in the backup
    public void Where_it_is_known_which_id_was_the_last_new_ones_are_above_that(long last, long expected)
    {
        MakeOne();

        Assert.Equal(expected, SqliteBackup.Restore(Backup, Folder.File("restored.db"), above: last, name => name).Above);

        using var restored = SqliteChatStore.Open(Folder.File("restored.db"));
        Assert.Equal(expected, restored.LastMessageId.Value);
    }

    [Fact]
    public void What_a_killed_backup_has_left_is_replaced_by_the_next()
    {
        MakeOne();
        File.Move(Backup, Backup + ".part"); // killed before its last step

        Assert.Equal(200, Make().Messages);
        Assert.Empty(Verify().Summary.Differences);
        Assert.Equal([Backup, Backup + ".manifest"], FilesOf("backup"));
    }

    [Theory]
    [InlineData("restored.db")]
    [InlineData("restored.db-journal")]
    [InlineData("restored.db-wal")]
    public void What_is_in_the_place_of_a_restored_database_stays(string name)
    {
        MakeOne();
        File.WriteAllText(Folder.File(name), "mine");

        Assert.Contains($"{name} is there already", RefuseRestore(), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Folder.File(name)));
    }

    [Fact]
    public void A_backup_that_changed_is_not_restored()
    {
        MakeOne();
        var bytes = File.ReadAllBytes(Backup);
        bytes[^1] ^= 1;
        File.WriteAllBytes(Backup, bytes);

        Assert.Contains("is not as it was written", RefuseRestore(), StringComparison.Ordinal);
        Assert.Empty(FilesOf("restored"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_backup_of_an_old_schema_is_made_verified_and_restored(int schema)
    {
        using (var old = Sqlite.CreateOld(Folder.Database, schema))
        {
            old.Run("INSERT INTO accounts (username, username_key, password_hash, created_at) VALUES ('ada', 'ADA', 'x', 1)");
            old.Run("INSERT INTO messages (id, sender_id, recipient_id, content, sent_at) VALUES (1, 1, 1, 'old', 1)");
            old.Run("UPDATE last_message SET id = 1");
        }
        Make();

        Assert.Empty(Verify().Summary.Differences);
        SqliteBackup.Restore(Backup, Folder.File("restored.db"), above: null, name => name);
        using var restored = SqliteChatStore.Open(Folder.File("restored.db"));
        Assert.Equal("ada", restored.FindAccount("ADA")?.Username);
    }

    [Theory]
    [InlineData("chat.db")]
    [InlineData("a?b#c%d.db")]
    public void A_name_with_signs_of_an_address_is_a_name(string name)
    {
        using (var store = SqliteChatStore.Open(Folder.File("signs.db"))) { store.Add("ada"); }

        SqliteBackup.Make(Folder.File("signs.db"), Folder.File("b-" + name), "1.0", MadeAt, NoProgress.Instance);

        Assert.Equal(1, SqliteBackup.Verify(Folder.File("b-" + name), NoProgress.Instance).Summary.Accounts);
    }

    private static AccountId AddIn(SqliteChatStore store, string name) =>
        store.AddAccount(name, name.ToUpperInvariant(), "hash", DateTimeOffset.UnixEpoch)!.Value;

    private static void Fill(SqliteChatStore store, AccountId account, int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            store.InBatch(() => store.AddMessages(account, 100, new string('x', 200)));
        }
    }

    private void MakeOne()
    {
        using var store = Open();
        Fill(store, store.Add("bob"), batches: 1);
        store.InBatch(() => store.AddMessages(AddIn(store, "ada"), 100));
        Make();
    }

    private MoveSummary Make() => Make(Backup);

    private MoveSummary Make(string backup) =>
        SqliteBackup.Make(Folder.Database, backup, "1.0", MadeAt, NoProgress.Instance);

    private (MoveSummary Summary, DateTimeOffset MadeAt) Verify() => SqliteBackup.Verify(Backup, NoProgress.Instance);

    private bool IsFaulty() => FaultsOf().Count > 0;

    private IReadOnlyList<string> FaultsOf()
    {
        try
        {
            return Verify().Summary.Differences;
        }
        catch (StorageException refused)
        {
            return [refused.Message];
        }
    }

    private string RefuseRestore() => Assert.Throws<StorageException>(
        () => SqliteBackup.Restore(Backup, Folder.File("restored.db"), above: null, name => name)).Message;

    private string[] FilesOf(string start) =>
        [.. Directory.EnumerateFiles(Folder.Path, start + "*").Order(StringComparer.Ordinal)];

    private sealed class WritingProgress(Action write) : IMoveProgress
    {
        public int Writes { get; private set; }

        public void Note(string text)
        {
        }

        public void Report(string table, string done, long rows)
        {
            if (table != "pages") { return; }
            Assert.True(++Writes < 10, "it began anew");
            write();
        }
    }
}
