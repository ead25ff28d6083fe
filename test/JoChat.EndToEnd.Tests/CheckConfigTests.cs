namespace JoChat.EndToEnd.Tests;

/// <summary><c>jochat-gateway check-config</c>: every fault, with its place.</summary>
public sealed class CheckConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Every_fault_is_told_with_its_place()
    {
        await File.WriteAllTextAsync(_folder.File("my.conf"), """
            jochat {
              gateway {
                port = 99999
                prot = 5
                tls { certificate = "none.pem" }
              }
              storage.path = "/nowhere/chat.db"
            }
            """);

        var (exitCode, output, errors) = await GatewayProcess.RunAsync(
            _folder.Path, "check-config", "--config", "my.conf", "--set", "jochat.http.port=x");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(
            [
                "jochat-gateway: my.conf:3:12: jochat.gateway.port: expected a whole number from 0 to 65535, came \"99999\"",
                "jochat-gateway: jochat.http.port: expected a whole number from 0 to 65535, came \"x\"",
                "jochat-gateway: my.conf:4:12: jochat.gateway.prot: there is no such setting",
                "jochat-gateway: jochat.gateway.tls.certificate: \"none.pem\" cannot be used: there is no such file",
                "jochat-gateway: jochat.storage.path: there is no folder for /nowhere/chat.db",
            ],
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()));
        Assert.Equal(["my.conf"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    [LinuxTheory]
    [InlineData("check-config")]
    [InlineData("check-config", "--port", "6000", "--set", "jochat.storage.engine=postgres",
        "--set", "jochat.storage.postgres.connection-string=Host=nowhere.example")]
    public async Task Settings_without_a_fault_are_said_to_have_none(params string[] arguments)
    {
        var (exitCode, output, errors) = await GatewayProcess.RunAsync(_folder.Path, arguments);

        Assert.Equal((0, "No fault in the settings\n", ""), (exitCode, output, errors.Trim()));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [LinuxTheory]
    [InlineData("--db", "", "jochat.storage.path: expected the path of a file, came \"\"")]
    [InlineData("JOCHAT__ADMIN__SOCKET= ", "jochat.admin.socket: expected the path of a file, came \" \"")]
    public async Task What_is_no_path_is_told(params string[] arguments)
    {
        var (exitCode, _, errors) = await GatewayProcess.RunAsync(_folder.Path, ["check-config", .. arguments[..^1]]);

        Assert.Equal(2, exitCode);
        Assert.Contains(arguments[^1], errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_gateway_of_a_cluster_needs_no_place_for_messages()
    {
        await File.WriteAllTextAsync(_folder.File("node.conf"), """
            jochat {
              cluster { role = gateway, seed-nodes = "127.0.0.1:5590" }
              storage.path = "/nowhere/chat.db"
            }
            """);

        Assert.Equal(0, (await GatewayProcess.RunAsync(_folder.Path, "check-config", "--config", "node.conf")).ExitCode);
    }

    [LinuxFact]
    public async Task A_password_in_a_connection_string_is_not_told()
    {
        var (exitCode, _, errors) = await GatewayProcess.RunAsync(
            _folder.Path, "check-config", "--set", "jochat.storage.engine=postgres",
            "JOCHAT__STORAGE__POSTGRES__CONNECTIONSTRING=Password=geheim;Hots=h");

        Assert.Equal(2, exitCode);
        Assert.StartsWith("jochat-gateway: jochat.storage.postgres.connection-string: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", errors, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Serve_is_what_happens_without_a_command()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "serve", "--port", "0", "--http-port", "0");

        Assert.Equal(0, await gateway.StopAsync());
    }
}
