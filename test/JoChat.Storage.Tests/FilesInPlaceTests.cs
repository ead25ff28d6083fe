namespace JoChat.Storage.Tests;

/// <summary>A store whose files were taken away says so at the next commit, and at no other time.</summary>
public sealed class FilesInPlaceTests : DatabaseTests
{
    [LinuxTheory]
    [InlineData("")]
    [InlineData("-wal")]
    public void A_commit_fails_if_a_file_is_no_longer_in_place(string suffix)
    {
        using var store = Open();
        var ada = store.Add("ada");
        File.Move(Folder.Database + suffix, Folder.File("moved"));

        var moved = Assert.Throws<StoreLostException>(() => store.InBatch(() => store.AddMessages(ada, count: 1)));

        Assert.StartsWith($"{Folder.Database}{suffix} was moved, ", moved.Message, StringComparison.Ordinal);
        File.Move(Folder.File("moved"), Folder.Database + suffix);
        store.EnsureInPlace();
    }

    [LinuxTheory]
    [InlineData("")]
    [InlineData("-wal")]
    public void A_link_to_where_a_file_was_moved_is_not_in_its_place(string suffix)
    {
        using var store = Open();
        File.Move(Folder.Database + suffix, Folder.File("moved"));
        File.CreateSymbolicLink(Folder.Database + suffix, Folder.File("moved"));

        Assert.Throws<StoreLostException>(store.EnsureInPlace);
    }

    [LinuxFact]
    public void Use_of_a_database_over_many_checkpoints_leaves_its_files_in_place()
    {
        using var store = Open();
        var ada = store.Add("ada");

        for (var batch = 0; batch < 20; batch++)
        {
            store.InBatch(() => store.AddMessages(ada, count: 100, new string('x', 30_000)));
        }

        store.EnsureInPlace();
    }
}
