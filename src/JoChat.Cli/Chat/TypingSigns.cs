using JoChat.Cli.Terminals;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>Who is writing to whom: tells the person of the open query, and shows when they do.</summary>
/// <param name="client">Logged in.</param>
/// <param name="terminal">Whose prompt shows it.</param>
/// <param name="time">The clock.</param>
internal sealed class TypingSigns(JoChatClient client, ITerminal terminal, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan ToldAgainAfter = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();

    // Guarded by _gate.
    private string? _writerKey;
    private ITimer? _expiry;
    private (string Recipient, long At)? _told;

    /// <summary>Whether somebody is writing to us.</summary>
    public bool IsWriting(string name)
    {
        lock (_gate) { return _writerKey is not null && _writerKey == Names.KeyOf(name); }
    }

    /// <summary>Somebody is writing to us, or no more.</summary>
    public void Note(TypingArrived typing)
    {
        lock (_gate)
        {
            var key = Names.KeyOf(typing.Sender);
            if (!typing.IsTyping && _writerKey != key) { return; }
            _writerKey = typing.IsTyping ? key : null;
            _expiry ??= time.CreateTimer(_ => Forget(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _expiry.Change(typing.IsTyping ? Shown : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        terminal.Refresh();
    }

    /// <summary>A message of theirs has come: they have written.</summary>
    public void Arrived(string sender) => Note(new TypingArrived(sender, IsTyping: false));

    /// <summary>The line has changed.</summary>
    /// <param name="recipient">Whom it is for.</param>
    /// <param name="isText">Whether it has a text to send.</param>
    /// <param name="cancellation">Stops telling.</param>
    public async Task TellAsync(string recipient, bool isText, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var isTold = _told is { } told && told.Recipient == recipient
                && time.GetElapsedTime(told.At) < ToldAgainAfter;
            if (isText ? isTold : _told is null) { return; }
            _told = isText ? (recipient, time.GetTimestamp()) : null;
        }
        try
        {
            await client.TellTypingAsync(recipient, isText, cancellation);
        }
        catch (JoChatException)
        {
            // It is of the moment, and the moment is over.
        }
    }

    /// <summary>The line was sent, which says the same.</summary>
    public void Sent()
    {
        lock (_gate) { _told = null; }
    }

    /// <inheritdoc/>
    public void Dispose() => _expiry?.Dispose();

    private void Forget()
    {
        lock (_gate) { _writerKey = null; }
        terminal.Refresh();
    }
}
