using System.Diagnostics;

namespace JoChat.Storage.Tests;

/// <summary>One process at a time uses a database.</summary>
public sealed class SqliteLockTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_database_that_is_open_is_refused_and_the_refusal_names_the_process()
    {
        using var first = SqliteChatStore.Open(_folder.Database);

        var refused = Assert.Throws<StorageException>(() => SqliteChatStore.Open(_folder.Database));

        Assert.Equal(
            $"{_folder.Database} is in use by another JoChat gateway (process {Environment.ProcessId})",
            refused.Message);
        Assert.False(refused.IsTransient);
    }

    [Fact]
    public void A_refused_second_store_leaves_the_first_working()
    {
        using var first = SqliteChatStore.Open(_folder.Database);
        Assert.Throws<StorageException>(() => SqliteChatStore.Open(_folder.Database));

        first.Begin();
        first.AddAccount("ada", "ADA", "hash", DateTimeOffset.UnixEpoch);
        first.Commit();

        Assert.NotNull(first.FindAccount("ADA"));
        Assert.Throws<StorageException>(() => SqliteChatStore.Open(_folder.Database));
    }

    [Fact]
    public void Two_databases_in_one_folder_do_not_disturb_each_other()
    {
        using var first = SqliteChatStore.Open(_folder.Database);
        using var second = SqliteChatStore.Open(_folder.File("other.db"));

        first.Begin();
        second.Begin();
    }

    [Fact]
    public void A_disposed_store_lets_the_database_go()
    {
        SqliteChatStore.Open(_folder.Database).Dispose();

        SqliteChatStore.Open(_folder.Database).Dispose();
    }

    [Fact]
    public void A_refused_database_is_not_kept_locked()
    {
        File.WriteAllText(_folder.Database, "a text file, which is not a database");
        Assert.Throws<StorageException>(() => SqliteChatStore.Open(_folder.Database));
        File.Delete(_folder.Database);

        SqliteChatStore.Open(_folder.Database).Dispose();
    }

    [Fact]
    public void The_lock_file_of_a_process_that_died_is_no_hindrance()
    {
        File.WriteAllText(_folder.Database + "-lock", "1234\n");

        SqliteChatStore.Open(_folder.Database).Dispose();
    }

    [Fact]
    public void A_link_to_a_database_that_is_open_is_refused_as_the_database_is()
    {
        using var first = SqliteChatStore.Open(_folder.Database);
        var link = _folder.Database + "-link";
        File.CreateSymbolicLink(link, _folder.Database);

        var refused = Assert.Throws<StorageException>(() => SqliteChatStore.Open(link));

        Assert.Contains("is in use by another JoChat gateway", refused.Message, StringComparison.Ordinal);
    }

    [LinuxFact(tool: "flock")]
    public void The_lock_of_another_process_holds_until_that_process_ends()
    {
        var path = _folder.Database + "-lock";
        File.WriteAllText(path, "1234\n");
        using var other = HoldLock(path);

        var refused = Assert.Throws<StorageException>(() => SqliteChatStore.Open(_folder.Database));
        other.Kill();
        other.WaitForExit();

        Assert.EndsWith("is in use by another JoChat gateway (process 1234)", refused.Message);
        Assert.False(File.Exists(_folder.Database));
        SqliteChatStore.Open(_folder.Database).Dispose();
    }

    private static Process HoldLock(string path)
    {
        // flock execs nothing after --no-fork but this cat, which then holds the lock itself.
        var start = new ProcessStartInfo("flock", ["--nonblock", "--no-fork", path, "cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var holder = Process.Start(start)!; // null only for a process that is shared
        holder.StandardInput.WriteLine("locked");
        holder.StandardInput.Flush();
        Assert.Equal("locked", holder.StandardOutput.ReadLine());
        return holder;
    }
}
