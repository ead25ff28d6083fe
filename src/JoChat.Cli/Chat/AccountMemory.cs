using JoChat.Cli.State;
using JoChat.Cli.Terminals;

namespace JoChat.Cli.Chat;

/// <summary>What is remembered of an account on a server; the first two from one run to the next, each in a file of its
/// own.</summary>
/// <param name="Unsent">What is not sent yet.</param>
/// <param name="Ignored">Whose messages are not shown.</param>
/// <param name="Lines">What was typed, to be recalled.</param>
internal sealed record AccountMemory(UnsentFile Unsent, IgnoredNames Ignored, LineHistory Lines)
{
    /// <summary>The memory of an account.</summary>
    /// <param name="environment">Knows where it is kept.</param>
    /// <param name="settings">Which server.</param>
    /// <param name="username">Whose.</param>
    public static AccountMemory Of(CliEnvironment environment, CliSettings settings, string username)
    {
        // A script sees what became of its messages; what it did not send is not a later run's.
        var state = environment.IsInputTerminal ? environment.State : null;
        string[] account = [settings.Server.ToString().ToLowerInvariant(), Names.KeyOf(username)];
        return new AccountMemory(
            new UnsentFile(state, StateFolder.NameFor("unsent", account)),
            new IgnoredNames(state, StateFolder.NameFor("ignored", account)),
            new LineHistory());
    }
}
