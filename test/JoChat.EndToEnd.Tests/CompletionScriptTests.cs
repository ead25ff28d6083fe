using System.Diagnostics;
using System.Globalization;

namespace JoChat.EndToEnd.Tests;

/// <summary>The completion script in a real shell.</summary>
public sealed class CompletionScriptTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task A_name_that_a_shell_could_obey_is_offered_quoted()
    {
        using var folder = new TemporaryFolder();
        var mark = Guid.NewGuid().ToString("N")[..8];
        var (ada, hostile) = ("ada" + mark, $"*$(reboot){mark}");
        var jochat = $"dotnet {Path.Combine(AppContext.BaseDirectory, "jochat.dll")} --port "
            + gateway.Process.Port.ToString(CultureInfo.InvariantCulture);

        var offered = await RunBashAsync(folder.Path, $$"""
            cd; umask 077; echo pw >password; touch 'x$(reboot){{mark}}'
            jochat() { {{jochat}} "$@"; }
            for name in {{ada}} '{{hostile}}'; do jochat signup --user "$name" --password-file password; done 2>/dev/null
            jochat login --user {{ada}} --password-file password 2>/dev/null
            jochat send '{{hostile}}' hi 2>/dev/null
            jochat() { test "$1" != __complete || set -- __complete -- --port {{gateway.Process.Port}} "${@:3}"; {{jochat}} "$@"; }
            eval "$(jochat completion bash)"
            COMP_WORDS=(jochat send ''); COMP_CWORD=2; _jochat
            printf '%s\n' "${COMPREPLY[@]}"
            """);

        Assert.Equal($@"\*\$\(reboot\){mark}", offered.Trim());
    }

    [Theory]
    [InlineData("lis", "listen")]
    [InlineData("inbox --wi", "--with")]
    [InlineData("inbox --protocol ", "json binary")]
    [InlineData("completion z", "zsh")]
    [InlineData("inbox --profile ", "home work")]
    [InlineData("inbox --password-file ", ":files")]
    [InlineData("send bob he", "")]
    public async Task What_fits_is_offered(string typed, string offered)
    {
        using var home = new CliHome();
        Directory.CreateDirectory(home.File(".config/jochat"));
        await File.WriteAllTextAsync(home.File(".config/jochat/config.conf"), "profiles { home { user = ada }, work { } }");

        var (exitCode, output, errors) = await home.RunAsync(["__complete", "--", .. typed.Split(' ')]);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(offered, string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    private static async Task<string> RunBashAsync(string home, string script)
    {
        var start = new ProcessStartInfo("timeout", ["50", "bash", "-c", script]) { RedirectStandardOutput = true };
        start.Environment["HOME"] = home;
        start.Environment["XDG_STATE_HOME"] = start.Environment["XDG_CONFIG_HOME"] = "";
        using var bash = Process.Start(start)!;
        return await bash.StandardOutput.ReadToEndAsync().OrFail();
    }
}
