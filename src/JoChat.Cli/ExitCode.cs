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

    /// <summary>The list for <c>--help</c>.</summary>
    public const string Help = """
        Exit codes:
          0    done
          1    refused by the server, or another failure
          2    wrong usage
          3    server not reachable, or the connection broke
          4    not logged in, or wrong username or password
          6    no such recipient
          130  ended with Ctrl-C
        """;

    /// <summary>The exit code for a failed request.</summary>
    public static int For(JoChatException failure) => failure switch
    {
        RefusedException { Code: ErrorCode.BadCredentials or ErrorCode.NotLoggedIn } => NotLoggedIn,
        RefusedException { Code: ErrorCode.NoSuchRecipient } => NoSuchRecipient,
        RefusedException or SessionEndedException => Refused,
        _ => Unreachable,
    };
}
