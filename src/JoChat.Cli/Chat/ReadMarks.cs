using JoChat.Client;

namespace JoChat.Cli.Chat;

/// <summary>Tells people that their messages are read. What is shown counts as read when its reader next presses a key:
/// before that, nobody need be there.</summary>
internal sealed class ReadMarks(JoChatClient client)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _shown = new(StringComparer.Ordinal); // guarded by _gate

    /// <summary>A message of somebody is on the screen.</summary>
    public void Shown(string sender, long id)
    {
        lock (_gate) { _shown[sender] = Math.Max(id, _shown.GetValueOrDefault(sender)); }
    }

    /// <summary>The person has pressed a key.</summary>
    public async Task SendAsync(CancellationToken cancellation)
    {
        KeyValuePair<string, long>[] due;
        lock (_gate)
        {
            due = [.. _shown];
            _shown.Clear();
        }
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
