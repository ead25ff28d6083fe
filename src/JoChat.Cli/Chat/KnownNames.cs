namespace JoChat.Cli.Chat;

/// <summary>The usernames seen in this chat, for tab completion.</summary>
internal sealed class KnownNames
{
    private const int Capacity = 1000; // names; later ones are ignored

    // Guarded by the lock: the receiving thread adds names, the typing thread reads them.
    private readonly Lock _gate = new();
    private readonly SortedSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string name)
    {
        lock (_gate)
        {
            if (_names.Count < Capacity) { _names.Add(name); }
        }
    }

    /// <summary>The commands or usernames that complete the last word typed.</summary>
    public IReadOnlyList<string> Complete(string before)
    {
        var words = before.Split(' ');
        if (words.Length == 1 && before.StartsWith('/'))
        {
            return [.. ChatCommand.All.Select(command => command.Name).Where(name => Begins(name, before))];
        }
        var isCommand = before.StartsWith('/') && !before.StartsWith("//", StringComparison.Ordinal);
        var begun = isCommand ? NameBegunIn(before) : words[^1] is "" ? null : words[^1];
        return begun is null ? [] : NamesLike(begun);
    }

    /// <summary>The beginning of a name, if the line is a command with no more than that behind it; else null.</summary>
    public static string? NameBegunIn(string line)
    {
        var words = line.Split(' ');
        return words.Length == 2 && ChatCommand.All.Any(
            command => command.TakesName && command.Name.Equals(words[0], StringComparison.OrdinalIgnoreCase))
            ? words[1]
            : null;
    }

    private string[] NamesLike(string start)
    {
        lock (_gate) { return [.. _names.Where(name => Begins(name, start))]; }
    }

    private static bool Begins(string whole, string start) =>
        whole.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
