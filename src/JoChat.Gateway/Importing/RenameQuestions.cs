using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>Asks at a terminal for names of accounts that cannot keep theirs.</summary>
/// <param name="input">Where the answers come from.</param>
/// <param name="output">Where the questions go.</param>
/// <param name="taken">The names that are not free.</param>
internal sealed class RenameQuestions(TextReader input, TextWriter output, TakenNames taken)
{
    /// <summary>Asks until a name is free.</summary>
    /// <param name="account">Who needs one.</param>
    /// <param name="proposal">What an empty answer takes.</param>
    /// <returns>The name; null if nobody answers any more.</returns>
    public Username? Ask(PlannedAccount account, Username proposal)
    {
        output.WriteLine(FormattableString.Invariant(
            $"Account {account.Id.Value}, {account.Shown}, needs another name. {account.WhyNot}"));
        while (true)
        {
            output.Write($"New name [{proposal}]: ");
            if (input.ReadLine() is not { } answer) { return null; }
            if (answer.Length == 0) { return proposal; }
            if (taken.IsFree(answer, out var name, out var fault)) { return name; }
            output.WriteLine(fault);
        }
    }
}
