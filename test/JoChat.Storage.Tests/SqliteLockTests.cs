using System.Diagnostics;

namespace JoChat.Storage.Tests;

/// <summary>One process at a time uses a database.</summary>
public sealed class SqliteLockTests : DatabaseTests
{
    [Fact]
    public void A_database_that_is_open_is_refused_and_the_refusal_names_the_process()
    {
        using var first = Open();

        Assert.Equal(
            $"{Folder.Database} is in use by another JoChat gateway (process {Environment.ProcessId})", Refuse());
    }

    [Fact]
    public void A_refused_second_store_leaves_the_first_working()
    {
        using var first = Open();
        Refuse();

        first.Add("ada");

        Assert.NotNull(first.FindAccount("ADA"));
        Refuse();
    }

    [Fact]
    public void Two_databases_in_oneFolder_do_not_disturb_each_other()
    {
        using var first = Open();
        using var second = SqliteChatStore.Open(Folder.File("other.db"));

        first.Begin();
        second.Begin();
    }

    [Fact]
    public void A_disposed_store_lets_the_database_go()
    {
        Open().Dispose();

        Open().Dispose();
    }

    [Fact]
    public void A_refused_database_is_not_kept_locked()
    {
        File.WriteAllText(Folder.Database, "a text file, which is not a database");
        Refuse();
        File.Delete(Folder.Database);

        Open().Dispose();
    }

    [Fact]
    public void The_lock_file_of_a_process_that_died_is_no_hindrance()
    {
        File.WriteAllText(Folder.Database + "-lock", "1234\n");

        Open().Dispose();
    }

    [Fact]
    public void A_link_to_a_database_that_is_open_is_refused_as_the_database_is()
    {
        using var first = Open();
        var link = Folder.Database + "-link";
        File.CreateSymbolicLink(link, Folder.Database);

        Assert.Contains("is in use by another JoChat gateway", Refuse(link), StringComparison.Ordinal);
    }

    [LinuxFact(tool: "flock")]
    public void The_lock_of_another_process_holds_until_that_process_ends()
    {
        var path = Folder.Database + "-lock";
        File.WriteAllText(path, "1234\n");
        using var other = HoldLock(path);

        var refused = Refuse();
        other.Kill();
        other.WaitForExit();

        Assert.EndsWith("is in use by another JoChat gateway (process 1234)", refused);
        Assert.False(File.Exists(Folder.Database));
        Open().Dispose();
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
