using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace JoChat.EndToEnd.Tests;

/// <summary>Starting: one line when it works, one clear line and a status when it does not.</summary>
[Trait("Speed", "Slow")]
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_in_one_line_where_it_listens_and_keeps_messages()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);

        Assert.Matches(
            @"^JoChat \d+\.\d+\.\d+\S* listens on 127\.0\.0\.1:\d+; messages are kept in chat\.db$", gateway.FirstLine);
        Assert.True(File.Exists(_folder.File("chat.db")));
    }

    [Fact]
    public async Task The_command_in_the_README_runs_in_the_callers_folder()
    {
        var project = Path.Combine(FindRoot(), "src", "JoChat.Gateway");
        var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-getProperty:RunWorkingDirectory"])
        {
            RedirectStandardOutput = true,
        };

        using var evaluation = Process.Start(start)!;
        var folder = await evaluation.StandardOutput.ReadToEndAsync().OrFail();

        Assert.Equal(string.Empty, folder.Trim()); // the web SDK would name the project's
    }

    [Fact]
    public async Task A_second_gateway_on_the_same_file_refuses_to_start()
    {
        await using var first = await GatewayProcess.StartAsync(_folder.Path);

        var errors = await RefuseAsync(1);

        Assert.Contains("in use", errors, StringComparison.Ordinal);
        Assert.Contains($"{first.ProcessId}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_as_it_is()
    {
        var file = _folder.File("notes.txt");
        await File.WriteAllTextAsync(file, "These are my notes, and no database at all. " + new string('n', 5000));
        var before = SHA256.HashData(await File.ReadAllBytesAsync(file));

        Assert.Contains("notes.txt", await RefuseAsync(1, "--db", file), StringComparison.Ordinal);
        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(file)));
    }

    [Fact]
    public async Task A_damaged_database_is_refused_with_what_to_do()
    {
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path)) { await gateway.StopAsync(); }
        var file = _folder.File("chat.db");
        await using (var content = File.OpenWrite(file))
        {
            content.Position = 4096; // the second page: a table's, and not the schema's
            content.Write(new byte[4096]);
        }

        var errors = await RefuseAsync(1);

        Assert.Contains("chat.db: the file is damaged (", errors, StringComparison.Ordinal);
        Assert.Contains("restore a backup", errors, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_database_in_a_folder_that_does_not_exist_is_refused() =>
        RefuseAsync(1, "--db", "no/such/folder/chat.db");

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        await using var first = await GatewayProcess.StartAsync(_folder.Path);

        var errors = await RefuseAsync(1, "--db", "other.db", "--port", $"{first.Port}");

        var expected = $"jochat-gateway: cannot listen on 127.0.0.1:{first.Port}: ";
        Assert.StartsWith(expected, errors, StringComparison.Ordinal);
        Assert.EndsWith("; choose another port with --port or jochat.gateway.port", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--host or jochat.gateway.host", "--host", "192.0.2.1")] // kept for examples: no machine has it
    [InlineData("jochat.http.host", "--set", "jochat.http.host=192.0.2.1", "--http-port", "1024")]
    public async Task An_address_of_another_machine_is_refused_with_the_setting(string setting, params string[] arguments)
    {
        var errors = await RefuseAsync(1, [.. arguments, "--set", "jochat.gateway.tls.required=off"]);

        Assert.EndsWith($"; choose another address with {setting}", errors, StringComparison.Ordinal);
    }

    [LinuxTheory("ln")]
    [InlineData("main.conf is too long", "main.conf", "--config", "main.conf")]
    [InlineData("part.conf is too long", "part.conf", "--config", "my.conf")]
    [InlineData("jochat.gateway.tls.certificate: ", "server.crt", "--set", "jochat.gateway.tls.certificate=server.crt")]
    [InlineData("jochat.gateway.tls.key: ", "server.key",
        "--set", "jochat.gateway.tls.certificate=my.conf", "--set", "jochat.gateway.tls.key=server.key")]
    public async Task A_device_without_an_end_is_no_file_to_read(string sentence, string file, params string[] arguments)
    {
        await File.WriteAllTextAsync(_folder.File("my.conf"), "include \"part\"");
        File.CreateSymbolicLink(_folder.File(file), "/dev/zero");

        Assert.Contains(sentence, await RefuseAsync(2, arguments), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_faulty_setting_is_named_at_once()
    {
        var (exitCode, _, errors) = await GatewayProcess.RunAsync(
            _folder.Path, "--set", "jochat.gateway.max-frame=5", "--set", "jochat.session.idle-timeout=soon",
            "--set", "jochat.gateway.prot=1", "--protocol", "morse");

        Assert.Equal(2, exitCode);
        Assert.Equal(4, Lines(errors).Length);
        string[] keys = ["gateway.max-frame", "session.idle-timeout", "gateway.prot:", "gateway.protocol"];
        foreach (var key in keys)
        {
            Assert.Contains(key, errors, StringComparison.Ordinal);
        }
        Assert.False(File.Exists(_folder.File("chat.db")));
    }

    [Fact]
    public async Task An_argument_that_begins_with_an_at_sign_reads_no_file()
    {
        var file = _folder.File("options");
        await File.WriteAllTextAsync(file, "--nonsense");

        Assert.Contains($"'@{file}'", await RefuseAsync(2, $"@{file}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--port=many")]
    [InlineData("--set=nonsense")]
    [InlineData("--config=missing.conf")]
    [InlineData("--config=")]
    [InlineData("--db=")]
    public Task Wrong_usage_ends_with_2(string argument) => RefuseAsync(2, argument);

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_certificate_that_has_expired_and_a_key_that_others_can_read_are_told_at_the_start()
    {
        var tls = await TestCertificate.WriteAsync(_folder, DateTimeOffset.UtcNow.AddDays(-1));
        File.SetUnixFileMode(_folder.File("server.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, tls);

        Assert.Equal(0, await gateway.StopAsync());

        var told = Lines(gateway.Complaints);
        Assert.Contains("TLS certificate server.crt expired on ", told[0], StringComparison.Ordinal);
        Assert.Contains("The private key in server.key is open to other users", told[1], StringComparison.Ordinal);
        Assert.Equal(2, told.Length);
    }

    [Fact]
    public async Task A_fault_in_the_settings_file_is_told_with_its_place()
    {
        await File.WriteAllTextAsync(_folder.File("my.conf"), "jochat {\n  gateway { port = \"unended }\n}\n");

        Assert.Matches("^jochat-gateway: .*my\\.conf:2:[0-9]+: ", await RefuseAsync(2, "--config", "my.conf"));
    }

    [Theory]
    [InlineData("akka = 5", "my.conf:1:8: akka: expected an object, came \"5\"")]
    [InlineData("akka {\n  a = [1, }\n}", "my.conf:2:11: expected ")]
    [InlineData("akka { actor.deployment = 5 }", "akka: Akka.NET does not start with these settings: ")]
    [InlineData("akka { scheduler.implementation = nonsense }", "akka: Akka.NET does not start with these settings: ")]
    [InlineData("akka { actor.deployment { /chat/reader.dispatcher = no } }", "akka: Akka.NET does not start with ")]
    public async Task A_fault_in_the_section_akka_is_told_in_one_line(string settings, string fault)
    {
        await File.WriteAllTextAsync(_folder.File("my.conf"), settings);

        var error = await RefuseAsync(2, "--config", "my.conf");

        Assert.StartsWith($"jochat-gateway: {fault}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_section_akka_takes_effect_and_nothing_is_logged_twice()
    {
        await File.WriteAllTextAsync(_folder.File("my.conf"), """
            akka { loglevel = DEBUG, actor.debug.lifecycle = on }
            jochat { log-level = debug, actors.log-level = "off" }
            """);
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--config", "my.conf");

        Assert.Equal(0, await gateway.StopAsync());

        var started = Lines(gateway.Errors)
            .Where(line => line.Contains("/user/chat: Started (", StringComparison.Ordinal));
        Assert.Contains("JoChat.Akka", Assert.Single(started), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_logs_nothing_at_the_default_level()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");
        using var guest = await RawClient.ConnectAsync(gateway.Port);
        await guest.AskAsync("hello", null);

        Assert.Equal(0, await gateway.StopAsync());

        Assert.Equal(string.Empty, gateway.Complaints);
    }

    [Fact]
    public async Task The_command_line_outranks_the_environment_and_that_the_file()
    {
        await File.WriteAllTextAsync(_folder.File("my.conf"), """
            // a folder of its own, and a comment
            jochat { storage { path = "from-file.db" } }
            """);

        var environment = "JOCHAT__STORAGE__PATH=from-environment.db";
        string[] set = ["--set", "jochat.storage.path=from-set.db"];

        Assert.Equal("from-file.db", await DatabaseOf("--config", "my.conf"));
        Assert.Equal("from-environment.db", await DatabaseOf("--config", "my.conf", environment));
        Assert.Equal("from-set.db", await DatabaseOf(["--config", "my.conf", environment, .. set]));
        Assert.Equal("from-set.db", await DatabaseOf(["--set", "jochat.storage.path=earlier.db", .. set]));
        Assert.Equal("from-option.db",
            await DatabaseOf(["--config", "my.conf", environment, .. set, "--db", "from-option.db"]));
    }

    [Fact]
    public async Task A_guest_that_does_not_log_in_is_closed_whatever_it_asks()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--set", "jochat.session.guest-timeout=300ms");
        using var guest = await RawClient.ConnectAsync(gateway.Port);

        // However slow the machine is: a guest that is closed before its hello has come may be cut off.
        var cut = await Record.ExceptionAsync(() => AskOnAsync().OrFail());
        Assert.True(cut is null or IOException, cut?.ToString());

        async Task AskOnAsync()
        {
            await guest.SendAsync(Wire.HelloJson);
            while (await guest.ReceiveAsync() is not null) { await guest.SendAsync(Wire.PingJson); }
        }
    }

    [Fact]
    public async Task A_session_that_asks_nothing_is_closed_and_its_account_is_free()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            _folder.Path, "--set", "jochat.session.idle-timeout=300ms");
        using var ada = await RawClient.EnterAsync(gateway.Port, "ada");

        Assert.Null(await ada.ReceiveAsync());
        using var again = await RawClient.ConnectAsync(gateway.Port);
        Assert.Equal(0, await again.LogInAsync("ada"));
    }

    [Fact]
    public async Task Version_and_help_go_to_standard_output()
    {
        var version = await GatewayProcess.RunAsync(_folder.Path, "--version");
        var help = await GatewayProcess.RunAsync(_folder.Path, "--help");

        Assert.Equal((0, 0), (version.ExitCode, help.ExitCode));
        Assert.Matches(@"^\d+\.\d+\.\d+\S*$", version.Output.Trim());
        foreach (var option in (string[])["--host", "--port", "--http-port", "--protocol", "--db", "--config", "--set", "migrate"])
        {
            Assert.Contains(option, help.Output, StringComparison.Ordinal);
        }
    }

    private async Task<string> DatabaseOf(params string[] arguments)
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, arguments);
        return gateway.FirstLine.Split(" kept in ")[1];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "JoChat.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests has JoChat.sln.");
        }
        return folder.FullName;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    // It says why in one line.
    private async Task<string> RefuseAsync(int expectedExit, params string[] arguments)
    {
        var (exitCode, output, errors) = await GatewayProcess.RunAsync(_folder.Path, arguments);
        Assert.Equal((expectedExit, string.Empty), (exitCode, output));
        return Assert.Single(Lines(errors));
    }
}
