using System.Globalization;
using System.Text;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli;

/// <summary>The exit codes. Scripts rely on the numbers.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int Unreachable = 3;
    public const int NotLoggedIn = 4;
    public const int NoSuchRecipient = 6;
    public const int Interrupted = 130; // 128 + SIGINT, as shells count

    /// <summary>All of them, and what they mean.</summary>
    public static readonly (int Code, string Meaning)[] All =
    [
        (Done, "done"),
        (Refused, "refused, or failed"),
        (Usage, "wrong usage"),
        (Unreachable, "server not reachable"),
        (NotLoggedIn, "not logged in, or wrong password"),
        (NoSuchRecipient, "not found"),
        (Interrupted, "ended with Ctrl-C"),
    ];

    /// <summary>The list for the help of a command.</summary>
    /// <param name="codes">Those that can occur.</param>
    public static string HelpFor(IEnumerable<int> codes) => "Exit codes:" + string.Concat(All
        .Where(each => codes.Contains(each.Code))
        .Select(each => string.Create(CultureInfo.InvariantCulture, $"\n  {each.Code,-4} {each.Meaning}")));

    /// <summary>The exit code for a failure.</summary>
    public static int For(Exception failure) => failure switch
    {
        CommandFailedException stopped => stopped.ExitCode,
        RefusedException { Code: ErrorCode.BadCredentials or ErrorCode.NotLoggedIn or ErrorCode.InvalidToken } =>
            NotLoggedIn,
        SessionEndedException { Reason: SessionCloseReason.Revoked } => NotLoggedIn,
        RefusedException { Code: ErrorCode.NoSuchRecipient or ErrorCode.NoSuchSession } => NoSuchRecipient,
        RefusedException or SessionEndedException => Refused,
        JoChatException => Unreachable,
        DecoderFallbackException => Usage, // as in an argument or a file
        _ => Refused,
    };
}
