using System.Text;
using JoChat.Cli.Display;
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
    public static int Report(Exception failure, TextWriter error)
    {
        error.WriteLine($"jochat: {Describe(failure)}");
        return failure switch
        {
            JoChatException known => ExitCode.For(known),
            CommandFailedException stopped => stopped.ExitCode,
            _ => ExitCode.Refused,
        };
    }

    // Safe to print: a refusal's text is the server's.
    private static string Describe(Exception failure) => failure is DecoderFallbackException
        ? "The input is not text, or not in the encoding of this terminal."
        : SafeText.Of(failure.Message);
}
