using System.Globalization;
using JoChat.Cli.Display;

namespace JoChat.Cli.Chat;

/// <summary>What the prompt of the chat says: how many messages are still away, who is logged in, whom plain text goes to
/// and whether they are writing.</summary>
internal sealed class PromptState(string self, long away, Func<string, bool> isWriting)
{
    private volatile string? _query;

    /// <summary>Who gets plain text; null if nobody does.</summary>
    public string? Query
    {
        get => _query;
        set => _query = value;
    }

    /// <summary>Messages that were away have been shown.</summary>
    public void TakeAway(long count)
    {
        // What a push and a fetch show at the same moment may count twice; nobody must see a negative number.
        if (Interlocked.Add(ref away, -count) < 0) { Interlocked.Exchange(ref away, 0); }
    }

    public string Text()
    {
        var count = Interlocked.Read(ref away);
        var waiting = count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{count} away] ");
        if (Query is not { } recipient) { return $"{waiting}{SafeText.Of(self)}> "; }
        var writing = isWriting(recipient) ? " (writing)" : "";
        return $"{waiting}{SafeText.Of(self)} -> {SafeText.Of(recipient)}{writing}> ";
    }
}
