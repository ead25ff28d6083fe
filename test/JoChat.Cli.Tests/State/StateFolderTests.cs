using JoChat.Cli.State;

namespace JoChat.Cli.Tests.State;

public sealed class StateFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_is_written_is_read_until_it_is_deleted()
    {
        var state = new StateFolder(Path.Combine(_folder.Path, "jochat"));
        Assert.Null(state.Read("one.json"));

        state.Write("one.json", "ä");
        state.Write("one.json", "ö");
        Assert.Equal("ö", state.Read("one.json"));
        Assert.Equal(["one.json"], Directory.GetFiles(Path.Combine(_folder.Path, "jochat")).Select(Path.GetFileName));

        state.Delete("one.json");
        state.Delete("one.json");
        Assert.Null(state.Read("one.json"));
    }

    [LinuxFact]
    public void Only_its_owner_may_read_it()
    {
        var state = new StateFolder(Path.Combine(_folder.Path, "jochat"));

        state.Write("one.json", "secret");

        Assert.Equal("rw-------", Access(state.PathOf("one.json")));
        Assert.Equal("rwx------", Access(Path.Combine(_folder.Path, "jochat")));
    }

    [Fact]
    public void It_is_where_the_base_directory_specification_says()
    {
        Assert.Equal("/s/jochat/x", Find(("XDG_STATE_HOME", "/s"), ("HOME", "/home/ada"))?.PathOf("x"));
        Assert.Equal("/home/ada/.local/state/jochat/x", Find(("HOME", "/home/ada"))?.PathOf("x"));
        Assert.Equal("/home/ada/.local/state/jochat/x", Find(("XDG_STATE_HOME", "s"), ("HOME", "/home/ada"))?.PathOf("x"));
        Assert.Null(Find());
    }

    [Fact]
    public void Names_of_any_kind_make_a_file_name()
    {
        var name = StateFolder.NameFor("login", "[::1]", "5555", new string('/', 300));

        Assert.Matches("^login-[0-9a-f]{32}[.]json$", name);
        Assert.NotEqual(StateFolder.NameFor("login", "a", "bc"), StateFolder.NameFor("login", "ab", "c"));
    }

    public void Dispose() => _folder.Dispose();

    private static StateFolder? Find(params (string Name, string Value)[] variables) =>
        StateFolder.Find(name => variables.FirstOrDefault(variable => variable.Name == name).Value);

#pragma warning disable CA1416 // LinuxFact runs it only where there are such modes
    private static string Access(string path) => string.Concat(Enumerable.Range(0, 9).Reverse().Select(
        bit => ((int)File.GetUnixFileMode(path) >> bit & 1) == 0 ? '-' : "xwr"[bit % 3]));
#pragma warning restore CA1416
}
