namespace JoChat.Cli.Tests;

/// <summary>How people write where a server is.</summary>
public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("chat.example.org", "chat.example.org", null)]
    [InlineData("chat.example.org:6000", "chat.example.org", 6000)]
    [InlineData("127.0.0.1:6000", "127.0.0.1", 6000)]
    [InlineData("::1", "::1", null)]
    [InlineData("[::1]", "::1", null)]
    [InlineData("[::1]:6000", "::1", 6000)]
    [InlineData("my_host", "my_host", null)]
    [InlineData("bücher.example", "bücher.example", null)]
    public void A_server_is_a_host_and_perhaps_a_port(string text, string host, int? port) =>
        Assert.Equal(new ServerAddress(host, port), ServerAddress.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a\u202Eb")]
    [InlineData("a\uFFFDb")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:http")]
    [InlineData(":6000")]
    [InlineData("http://host")]
    [InlineData("ada@host")]
    [InlineData("[host]")]
    [InlineData("[::1")]
    [InlineData("[::1]6000")]
    [InlineData("1:2:3")]
    public void Anything_else_is_refused(string text) =>
        Assert.Equal(
            ExitCode.Usage, Assert.Throws<CommandFailedException>(() => ServerAddress.Parse(text)).ExitCode);
}
