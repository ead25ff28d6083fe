using System.Text;
using System.Text.Json;
using JoChat.Client;

namespace JoChat.Cli;

/// <summary>Tells the person why nothing came of it.</summary>
internal static class Failure
{
    /// <summary>Whether it is expected (network, files, usage); all else is a bug and ends the process as such.
    /// </summary>
    public static bool IsExpected(Exception failure) =>
        failure is JoChatException or CommandFailedException or IOException or DecoderFallbackException;

    /// <summary>Writes one line.</summary>
    /// <returns>The exit code that goes with it.</returns>
    public static int Report(Exception failure, TextWriter error) =>
        Report(failure, new ErrorLines(error, isJson: false));

    /// <summary>The same.</summary>
    public static int Report(Exception failure, ErrorLines lines)
    {
        lines.Error(CodeOf(failure), Describe(failure));
        return ExitCode.For(failure);
    }

    private static string CodeOf(Exception failure) => failure switch
    {
        RefusedException refused => JsonNamingPolicy.SnakeCaseLower.ConvertName(refused.Code.ToString()),
        SessionEndedException => "session_ended",
        ServerUnreachableException { Certificate: not null } => "untrusted_certificate",
        ServerUnreachableException => "unreachable",
        RequestTimeoutException => "timeout",
        JoChatException => "connection_lost",
        CommandFailedException { Code: { } code } => code,
        CommandFailedException { ExitCode: ExitCode.Usage } => "usage",
        CommandFailedException { ExitCode: ExitCode.NotLoggedIn } => "not_logged_in",
        CommandFailedException { ExitCode: ExitCode.NoSuchRecipient } => "no_such_recipient",
        DecoderFallbackException => "invalid_text",
        _ => "failed",
    };

    private static string Describe(Exception failure) =>
        failure is DecoderFallbackException ? "The input is not valid UTF-8." : failure.Message;
}
