using System.Diagnostics;
using System.Globalization;

namespace JoChat.EndToEnd.Tests;

/// <summary>Whatever a script does to the standard handles of <c>jochat</c>: what was done decides the exit code, and
/// nothing crashes or hangs.</summary>
public sealed class StandardHandleTests(SharedGateway gateway) : IClassFixture<SharedGateway>, IAsyncLifetime, IDisposable
{
    private static readonly string[] NoData = // what they print are sentences about what they did, on stderr
    [
        "send bob hi", "read bob", "delete 999", "login", "logout", "password --new-password-file password",
        "signup --user new$(date +%s%N)", "delete-account --yes --user gone",
    ];

    private static readonly string[] Data =
    [
        "history bob", "conversations", "accounts o", "whois bob", "login-check", "send bob hi --json", "--help",
        "send --help", "--version", "completion bash", "inbox --json",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly string _ada = "ada" + Guid.NewGuid().ToString("N")[..8];

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "password"), "pw\n");
        await RunShellAsync($"chmod 600 {Path.Combine(_folder.Path, "password")}");
        Assert.Equal(0, (await RunAsync($"signup --user {_ada}", "")).Code);
        await RunAsync("signup --user bob", "");
        await RunAsync($"send {_ada} hello --user bob", "");
        await RunAsync($"away --user {_ada}", "");
        await RunAsync("send bob first", "");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("<&-")]
    [InlineData("</dev/null")]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    [InlineData(">/dev/null 2>&- <&-")]
    public async Task A_command_that_did_its_work_ends_with_0(string redirection)
    {
        foreach (var verb in NoData.Concat(Data))
        {
            var prepared = await PrepareAsync(verb);
            Assert.Equal((verb, 0), (verb, (await RunAsync(prepared, redirection)).Code));
        }
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData(">/dev/full")]
    public async Task A_failing_standard_output_is_one_line_and_1_if_there_is_data(string redirection)
    {
        foreach (var verb in Data)
        {
            var (code, errors) = await RunAsync(verb, redirection);
            Assert.Equal((verb, 1), (verb, code));
            Assert.Single(errors.TrimEnd().Split('\n'));
        }
        foreach (var verb in NoData)
        {
            var prepared = await PrepareAsync(verb);
            Assert.Equal((verb, 0), (verb, (await RunAsync(prepared, redirection)).Code));
        }
    }

    [Fact]
    public async Task A_reader_that_has_gone_is_told_of_and_one_that_reads_errors_is_not_missed()
    {
        Assert.Equal(1, (await RunAsync("history bob", "| true")).Code);
        Assert.Equal(0, (await RunAsync("send bob hi", "2>&1 >/dev/null | true")).Code);
    }

    [Fact]
    public async Task A_message_whose_confirmation_could_not_be_printed_is_stored_once()
    {
        Assert.Equal(0, (await RunAsync("send bob precious", ">&- 2>&- <&-")).Code); // else a script sends it again

        var (_, output) = await RunAsync("history bob", "1>&2");
        Assert.Single(output.Split('\n'), line => line.EndsWith("\tprecious", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_not_printed_is_still_away()
    {
        await RunAsync($"send {_ada} precious --user bob", "");

        Assert.Equal(1, (await RunAsync("away", ">/dev/full")).Code);

        Assert.Contains("precious", (await RunAsync("away", "1>&2")).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<&-", 0)]
    [InlineData("</dev/null", 0)]
    [InlineData("<input", 0)]
    [InlineData("<input 2>&-", 0)]
    [InlineData("<input 2>/dev/full", 0)]
    [InlineData("<input >&-", 1)]
    [InlineData("<input >/dev/full", 1)]
    [InlineData("<mistakes", 6)]
    [InlineData("<mistakes >&- 2>&-", 6)]
    public async Task What_the_chat_did_decides_its_exit_code(string redirection, int expected)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "input"), "/msg bob hi\n");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "mistakes"), "/msg nobody-of-that-name hi\n/nonsense\n");

        var (code, errors) = await RunAsync("", redirection);

        Assert.Equal(expected, code);
        if (expected == 1) { Assert.Single(errors.TrimEnd().Split('\n')); }
    }

    [Theory]
    [InlineData("<&-")]
    [InlineData("</dev/null")]
    [InlineData("<input")]
    public async Task A_chat_that_nobody_has_logged_in_to_has_failed(string redirection)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "input"), "ada\n");

        var (code, errors) = await RunAsync("", redirection, passwordFile: null, user: null);

        Assert.Equal(4, code);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_backslash_at_the_end_of_a_piped_line_stays_what_it_is()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "input"), "/msg bob C:\\\n/msg bob next\n");

        Assert.Equal(0, (await RunAsync("", "<input >/dev/null")).Code);
        var lines = (await RunAsync("history bob", "1>&2")).Errors.TrimEnd().Split('\n');
        Assert.Equal([@"C:\", "next"], lines[^2..].Select(line => line.Split('\t')[3]));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused_in_what_is_piped_to_the_chat_and_in_variables()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "input"), [.. "/msg bob caf"u8, 0xE9, (byte)'\n']);
        await RunAsync("send bob before", "");

        var piped = await RunAsync("", "<input >/dev/null");
        var named = await RunAsync("login-check", "", user: "\"$(printf 'a\\377b')\"");
        var variable = await RunShellAsync(
            $"cd {_folder.Path}; JOCHAT_USER=$(printf 'a\\377b') {Program} login-check --password-file password");

        Assert.Equal((2, 2, 2), (piped.Code, named.Code, variable.Code));
        Assert.Contains("not valid UTF-8", piped.Errors, StringComparison.Ordinal);
        Assert.EndsWith("\tbefore", (await RunAsync("history bob", "1>&2")).Errors.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused_in_arguments_files_and_the_input()
    {
        var (code, errors) = await RunAsync("send bob \"$(printf 'a\\377b')\"", "");
        Assert.Equal((2, true), (code, errors.Contains("Argument 5 is not valid UTF-8.", StringComparison.Ordinal)));

        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "bad"), [0x70, 0xFF, 0x0A]);
        (code, errors) = await RunAsync("login-check", "", passwordFile: "bad");
        Assert.Equal((2, true), (code, errors.Contains("is not valid UTF-8.", StringComparison.Ordinal)));

        foreach (var (verb, file) in new[] { ("login-check", "-"), ("send bob", "password") })
        {
            (code, errors) = await RunAsync(verb, "<bad", file);
            Assert.Equal((2, "jochat: The input is not valid UTF-8.\n"), (code, errors));
        }
    }

    [Theory]
    [InlineData("/dev/zero", "longer than 1,024 bytes")]
    [InlineData("/", "is a folder")]
    [InlineData("/dev/null", "no password in the first line")]
    [InlineData("fifo", "Nobody has written a password")]
    public async Task A_password_file_without_a_password_is_wrong_usage(string file, string sentence)
    {
        var start = await RunShellAsync($"mkfifo -m 600 {Path.Combine(_folder.Path, "fifo")}");
        Assert.Equal(0, start.Code);

        var (code, errors) = await RunAsync("login-check --timeout 1", "", passwordFile: file);

        Assert.Equal(2, code);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".config/jochat/config.conf", "")]
    [InlineData("authority", "--ca-file authority")]
    public async Task A_signal_ends_the_wait_for_a_file_that_nobody_writes(string file, string option)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "jochat.dll");

        // The shell's own open returns when the program has opened the other end.
        var (code, _) = await RunShellAsync($"""
            cd {_folder.Path}; mkdir -p .config/jochat; mkfifo {file}
            timeout -k 5 40 dotnet {program} whois bob {option} --password-file password --user {_ada} & waiting=$!
            exec 3>{file}; kill $waiting; wait $waiting
            """);

        Assert.Equal(128 + 15, code);
    }

    [Fact]
    public async Task A_password_file_that_others_may_read_is_used_with_a_warning()
    {
        await RunShellAsync($"cd {_folder.Path} && cp password open && chmod 644 open && chmod 600 password");

        var open = await RunAsync("login-check", "", passwordFile: "open");
        var hidden = await RunAsync("login-check", "", passwordFile: "password");

        Assert.Equal((0, 0, ""), (open.Code, hidden.Code, hidden.Errors));
        Assert.Contains("warning: Other people may read", open.Errors, StringComparison.Ordinal);
    }

    // The name of a deleted account is not free again.
    private async Task<string> PrepareAsync(string verb)
    {
        if (verb == "logout") { await RunAsync("login", ""); }
        if (!verb.StartsWith("delete-account", StringComparison.Ordinal)) { return verb; }
        var name = "gone" + Guid.NewGuid().ToString("N");
        await RunAsync($"signup --user {name}", "");
        return verb.Replace("gone", name, StringComparison.Ordinal);
    }

    private string Program => string.Create(
        CultureInfo.InvariantCulture,
        $"timeout 50 dotnet {Path.Combine(AppContext.BaseDirectory, "jochat.dll")} --port {gateway.Process.Port}");

    private Task<(int Code, string Errors)> RunAsync(
        string verb, string redirection, string? passwordFile = "password", string? user = "")
    {
        var name = user?.Length == 0 ? _ada : user;
        var login = name is null || verb.Contains("--user", StringComparison.Ordinal) ? "" : $"--user {name}";
        var password = passwordFile is null || verb == "logout" ? "" : $"--password-file {passwordFile}";
        var command = $"{Program} {verb} {login} {password}";
        return RunShellAsync($"cd {_folder.Path}; {{ {command}; echo $? >&5; }} 5>code {redirection}");
    }

    private async Task<(int Code, string Errors)> RunShellAsync(string script)
    {
        var start = new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardError = true };
        start.Environment["HOME"] = _folder.Path;
        start.Environment["XDG_STATE_HOME"] = start.Environment["XDG_CONFIG_HOME"] = "";
        var code = Path.Combine(_folder.Path, "code");
        File.Delete(code);
        using var shell = Process.Start(start)!;
        var errors = await shell.StandardError.ReadToEndAsync().OrFail();
        await shell.WaitForExitAsync().OrFail();
        return File.Exists(code) && int.TryParse(await File.ReadAllTextAsync(code), out var written)
            ? (written, errors)
            : (shell.ExitCode, errors);
    }
}
