using Microsoft.Extensions.Configuration;

namespace JoChat.Hocon.Tests;

public sealed class ConfigurationTests
{
    private readonly MemoryFiles _files = new();

    [Fact]
    public void Options_bind_from_a_file_with_its_includes_and_later_layers_override()
    {
        _files["conf/gateway.conf"] = """
            include "limits"
            gateway {
              tls = on
              idle-timeout = 90 s
              clock = "00:00:10"
              max-message-size = ${limits.text}
              ports = [80, 443]
              name = "on"
            }
            """;
        _files["conf/limits.conf"] = "limits.text = 64KiB";
        var overrides = new Dictionary<string, string?> { ["GATEWAY:MAXCLIENTS"] = "7" };

        var configuration = Builder("conf/gateway.conf").AddInMemoryCollection(overrides).Build();
        var options = configuration.GetSection("Gateway").Get<Options>()!;

        Assert.True(options.Tls);
        Assert.Equal(new Duration(TimeSpan.FromSeconds(90)), options.IdleTimeout);
        Assert.Equal(new Duration(TimeSpan.FromSeconds(10)), options.Clock);
        Assert.Equal(new ByteSize(65536), options.MaxMessageSize);
        Assert.Equal([80, 443], options.Ports);
        Assert.Equal("on", options.Name);
        Assert.Equal(7, options.MaxClients);
    }

    [Fact]
    public void A_fault_names_file_line_and_column()
    {
        _files["main.conf"] = "include \"part\"";
        _files["part.conf"] = "a = 1\nb = ]";
        var builder = Builder("main.conf");

        var failure = Assert.Throws<InvalidDataException>(builder.Build);

        var fault = Assert.IsType<HoconException>(failure.InnerException);
        Assert.Equal("part.conf:2:5: expected a value, came ]", fault.Message);
    }

    [Fact]
    public void A_missing_file_is_refused_unless_it_is_optional()
    {
        var builder = Builder("no.conf");
        var lenient = Builder("no.conf", optional: true);

        Assert.Throws<FileNotFoundException>(builder.Build);
        Assert.Empty(lenient.Build().AsEnumerable());
    }

    [Fact]
    public void The_source_can_be_configured()
    {
        _files["main.conf"] = "is-on = on, port = ${PORT}";

        var configuration = Builder("main.conf", configure: source =>
        {
            source.Environment = name => name == "PORT" ? "80" : null;
            source.UnquotedSwitches = false;
            source.StripHyphens = false;
        }).Build();

        Assert.Equal("on", configuration["is-on"]);
        Assert.Equal("80", configuration["port"]);
    }

    [Fact]
    public void A_change_of_the_file_or_of_an_included_one_reloads()
    {
        _files["main.conf"] = "include \"part\", include \"later\", a=1";
        _files["part.conf"] = "b=1";
        using var configuration = (ConfigurationRoot)Builder("main.conf", reloadOnChange: true).Build();

        _files["part.conf"] = "b=2";
        Assert.Equal("2", configuration["b"]);
        _files["later.conf"] = "c=3"; // was missing
        Assert.Equal("3", configuration["c"]);
        _files["main.conf"] = "a=4";
        Assert.Equal("4", configuration["a"]);
        Assert.Null(configuration["b"]);
    }

    [Fact]
    public void Nothing_is_watched_after_disposal_or_without_reload()
    {
        _files["main.conf"] = "include \"part\"";
        _files["part.conf"] = "b=1";
        var still = Builder("main.conf").Build();
        var disposed = (ConfigurationRoot)Builder("main.conf", reloadOnChange: true).Build();
        disposed.Dispose();

        _files["part.conf"] = "b=2";

        Assert.Equal("1", still["b"]);
        Assert.Equal("1", disposed["b"]);
    }

    [Fact]
    public void A_file_on_disk_is_found_by_its_absolute_path()
    {
        var folder = Directory.CreateTempSubdirectory("jochat-hocon-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "main.conf"), "include \"part\"\na=1");
            File.WriteAllText(Path.Combine(folder.FullName, "part.conf"), "b=é");

            var main = Path.Combine(folder.FullName, "main.conf");
            var configuration = new ConfigurationBuilder().AddHoconFile(main).Build();

            Assert.Equal("1", configuration["a"]);
            Assert.Equal("é", configuration["b"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_text_is_a_layer_too()
    {
        var configuration = new ConfigurationBuilder()
            .AddHoconString("a-b = ${X}", TestWorld.WithEnvironment(("X", "1")))
            .Build();

        Assert.Equal("1", configuration["AB"]);
        Assert.Throws<HoconException>(() => new ConfigurationBuilder().AddHoconString("a=").Build());
    }

    private IConfigurationBuilder Builder(
        string path,
        bool optional = false,
        bool reloadOnChange = false,
        Action<HoconConfigurationSource>? configure = null) =>
        new ConfigurationBuilder().AddHoconFile(_files, path, optional, reloadOnChange, source =>
        {
            source.ReloadDelay = 0;
            configure?.Invoke(source);
        });

    private sealed record Options
    {
        public bool Tls { get; init; }

        public Duration IdleTimeout { get; init; }

        public Duration Clock { get; init; }

        public ByteSize MaxMessageSize { get; init; }

        public int[] Ports { get; init; } = [];

        public string? Name { get; init; }

        public int MaxClients { get; init; }
    }
}
