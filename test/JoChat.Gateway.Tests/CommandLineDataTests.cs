namespace JoChat.Gateway.Tests;

/// <summary>What stands in the place of a value is that value, whatever it looks like.</summary>
public sealed class CommandLineDataTests
{
    private static readonly string[] Values =
        ["@x", "@", "-h", "-?", "/?", "/h", "-x", "-abc", "[suggest]", "[x]", "true", "=x", ":x", "a=b", "a:b", "cluster-ca"];

    private static readonly Dictionary<string, (string[] Arguments, string Setting)> Places = new()
    {
        ["--db"] = (["--db", "VALUE"], "jochat:storage:path"),
        ["--db="] = (["--db=VALUE"], "jochat:storage:path"),
        ["--db behind an option"] = (["--port", "1", "--db", "VALUE"], "jochat:storage:path"),
        ["--host"] = (["--host", "VALUE"], "jochat:gateway:host"),
        ["--port"] = (["--port", "VALUE"], "jochat:gateway:port"),
        ["--http-port"] = (["--http-port", "VALUE"], "jochat:http:port"),
        ["--protocol"] = (["--protocol", "VALUE"], "jochat:gateway:protocol"),
        ["--set"] = (["--set", "jochat.storage.path=VALUE"], "jochat:storage:path"),
    };

    public static TheoryData<string, string> EveryPlaceAndValue
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var place in Places.Keys)
            {
                foreach (var value in Values) { all.Add(place, value); }
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(EveryPlaceAndValue))]
    public async Task A_value_is_taken_as_it_is(string place, string value)
    {
        var (arguments, setting) = Places[place];
        string? taken = null;
        var command = new CommandLine().Create(source =>
        {
            taken = source.Read()[setting];
            return Task.FromResult(0);
        });

        var given = arguments.Select(argument => argument.Replace("VALUE", value, StringComparison.Ordinal));
        await command.Parse([.. given], GatewayProcess.Parsing).InvokeAsync();

        Assert.Equal(value, taken);
    }

    [Theory]
    [InlineData("@x")]
    [InlineData("-h")]
    [InlineData("/?")]
    [InlineData("[suggest]")]
    [InlineData("--config", "@x")]
    [InlineData("--set", "@x")]
    [InlineData("--db", "a\uFFFD")] // what .NET makes of bytes that are no UTF-8
    [InlineData("--config", "/dev/zero")]
    public async Task What_is_no_option_and_no_setting_is_wrong_usage(params string[] arguments) =>
        Assert.Equal(2, await GatewayProcess.RunAsync(arguments, _ => throw new InvalidOperationException("ran")));

    [Fact]
    public async Task Settings_that_are_no_text_are_wrong_usage()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("bad.conf");
        await File.WriteAllBytesAsync(file, [.. "jochat.storage.path = \"a"u8, 0xFF, .. "\""u8]);

        Assert.Equal(2, await GatewayProcess.RunAsync(
            ["--config", file], _ => throw new InvalidOperationException("ran")));
    }
}
