using Microsoft.Extensions.Configuration;

namespace JoChat.Hocon.Tests;

public sealed class ConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jochat-hocon-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_is_a_layer_with_its_includes_and_later_layers_override()
    {
        Write(".limits.conf", "limits.text = 64KiB");
        var main = Write("gateway.conf", """
            include ".limits"
            gateway { tls = on, idle-timeout = 90 s, max-frame = ${limits.text}, ports = [80, 443], name = "on" }
            """);
        var overrides = new Dictionary<string, string?> { ["GATEWAY:IDLETIMEOUT"] = "7s" };

        var configuration = new ConfigurationBuilder().AddHoconFile(main).AddInMemoryCollection(overrides).Build();

        Assert.Equal("True", configuration["Gateway:Tls"]);
        Assert.Equal("7s", configuration["Gateway:IdleTimeout"]);
        Assert.Equal("64KiB", configuration["Gateway:MaxFrame"]);
        Assert.Equal("443", configuration["Gateway:Ports:1"]);
        Assert.Equal("on", configuration["Gateway:Name"]);
    }

    [Fact]
    public void A_fault_names_file_line_and_column()
    {
        var main = Write("main.conf", "include \"part\"");
        Write("part.conf", "a = 1\nb = ]");

        var fault = Assert.Throws<HoconException>(() => new ConfigurationBuilder().AddHoconFile(main));

        Assert.Equal("part.conf:2:5: expected a value, came ]", fault.Message);
    }

    [Theory]
    [InlineData("no.conf", "there is no file {0}")]
    [InlineData("no/folder/no.conf", "there is no file {0}")]
    [InlineData(".", "{0} is a folder, not a file of settings")]
    public void A_missing_file_is_refused(string name, string fault)
    {
        var path = Path.Combine(_folder.FullName, name);

        var refused = Assert.Throws<FileNotFoundException>(() => new ConfigurationBuilder().AddHoconFile(path));

        Assert.Equal(fault.Replace("{0}", Path.GetFullPath(path), StringComparison.Ordinal), refused.Message);
    }

    [Fact]
    public void An_include_that_is_no_file_is_missing()
    {
        _folder.CreateSubdirectory("part.conf");
        var main = Write("main.conf", "include \"part\", include \"\\u0000\", a=é");

        Assert.Equal("é", new ConfigurationBuilder().AddHoconFile(main).Build()["a"]);
    }

    [Theory]
    [InlineData(17, 0)]
    [InlineData(9, 9)] // together
    public void What_is_included_has_a_bound(int one, int other)
    {
        var main = Write("main.conf", "include \"one\"\ninclude \"other\"");
        Write("one.conf", new string(' ', one * 1024 * 1024));
        Write("other.conf", new string(' ', other * 1024 * 1024));

        var fault = Assert.Throws<InvalidDataException>(() => new ConfigurationBuilder().AddHoconFile(main));

        Assert.EndsWith(".conf is too long for settings", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_included_must_be_text()
    {
        var main = Write("main.conf", "include \"part\"");
        File.WriteAllBytes(Path.Combine(_folder.FullName, "part.conf"), [0x61, 0x3D, 0xFF]);

        var fault = Assert.Throws<InvalidDataException>(() => new ConfigurationBuilder().AddHoconFile(main));

        Assert.EndsWith("part.conf is not valid UTF-8", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_is_a_layer_too()
    {
        var configuration = new ConfigurationBuilder()
            .AddHoconString("a-b = ${X}", TestWorld.WithEnvironment(("X", "1")))
            .Build();

        Assert.Equal("1", configuration["AB"]);
        Assert.Throws<HoconException>(() => new ConfigurationBuilder().AddHoconString("a="));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
