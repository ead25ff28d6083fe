using System.Globalization;

namespace JoChat.Cli.Tests;

/// <summary>One run of the command line in process, with redirected streams.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    private const string Password = "pw\n";

    /// <summary>It shows 15:06 on 4 March 2026, UTC, and nobody waits.</summary>
    public static TestClock NewClock(bool skipsWaits = true) =>
        new(new(2026, 3, 4, 15, 6, 0, TimeSpan.Zero)) { SkipsWaits = skipsWaits };

    /// <summary>Runs a verb as ada, whose password is the first line of the input.</summary>
    public static Task<CliRun> AsAdaAsync(AnsweringServer server, params string[] arguments) =>
        AsAdaAsync(server, input: "", arguments);

    public static Task<CliRun> AsAdaAsync(AnsweringServer server, string input, string[] arguments) =>
        RunAsync(new StringReader(Password + input), [.. arguments, "--user", "ada", "--password-file", "-",
            "--port", server.Port.ToString(CultureInfo.InvariantCulture)]);

    public static Task<CliRun> RunAsync(params string[] arguments) => RunAsync(TextReader.Null, arguments);

    public static async Task<CliRun> RunAsync(
        TextReader input, string[] arguments, Func<CliEnvironment, CliEnvironment>? change = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment
        {
            In = input,
            Out = output,
            Error = error,
            Time = NewClock(),
        };
        var code = await CliCommandLine.RunAsync(arguments, change?.Invoke(environment) ?? environment, default).OrFail();
        return new CliRun(code, output.ToString(), error.ToString());
    }
}
