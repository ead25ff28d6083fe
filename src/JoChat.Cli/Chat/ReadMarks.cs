using JoChat.Client;

namespace JoChat.Cli.Chat;

/// <summary>Tells people that their messages are read. What is shown counts as read when its reader next presses a key:
/// before that, nobody need be there.</summary>
internal sealed class ReadMarks(JoChatClient client)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _shown = new(StringComparer.Ordinal); // guarded by _gate
    private Task _sending = Task.CompletedTask; // guarded by _gate

    /// <summary>A message of somebody is on the screen.</summary>
    public void Shown(string sender, long id)
    {
        lock (_gate) { _shown[sender] = Math.Max(id, _shown.GetValueOrDefault(sender)); }
    }

    /// <summary>The person has pressed a key.</summary>
    /// <returns>Completes when all is told that is to be told by now, or cannot be.</returns>
    public Task SendAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_shown.Count == 0) { return _sending; }
            _sending = SendAsync(_sending, [.. _shown], cancellation);
            _shown.Clear();
            return _sending;
        }
    }

    private async Task SendAsync(Task before, KeyValuePair<string, long>[] due, CancellationToken cancellation)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (sender, through) in due)
        {
            try
            {
                await client.MarkReadAsync(sender, through, cancellation);
            }
            catch (JoChatException)
            {
                // A server that knows no marks, or the connection is lost: the next message's mark holds for these too.
            }
        }
    }
}
