using JoChat.Client;

namespace JoChat.Cli.Chat;

/// <summary>Finds out, while the beginning of a name is being typed, who could be meant, so that Tab completes the names
/// of people one has never met.</summary>
/// <param name="client">Logged in.</param>
/// <param name="names">Learns them.</param>
internal sealed class NameLookup(JoChatClient client, KnownNames names)
{
    private const int PageSize = 100; // accounts

    // Beginnings that were asked for. The names of a complete one are all known, and so are those of all longer ones.
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _complete = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    /// <summary>The line has been changed to this.</summary>
    public async Task NoteAsync(string line, CancellationToken cancellation)
    {
        if (KnownNames.NameBegunIn(line) is not { Length: > 0 } begun) { return; }
        lock (_gate)
        {
            if (client.State != ConnectionState.Connected || IsComplete(begun) || !_asked.Add(begun)) { return; }
        }
        try
        {
            var found = await client.ListAccountsAsync(People.Literally(begun) + "*", 0, PageSize, cancellation);
            foreach (var account in found) { names.Add(account.Username); }
            lock (_gate)
            {
                if (found.Length < PageSize) { _complete.Add(begun); }
            }
        }
        catch (JoChatException)
        {
            // It is a convenience: who presses Tab sees that nothing is offered.
        }
    }

    private bool IsComplete(string begun) =>
        _complete.Any(known => begun.StartsWith(known, StringComparison.OrdinalIgnoreCase));
}
