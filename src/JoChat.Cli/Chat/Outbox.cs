using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>Has the messages typed sent, and keeps each until the server has stored it or will never take it. Several may
/// be on their way; they are sent in the order typed.</summary>
/// <param name="client">Logged in.</param>
/// <param name="screen">Shows each message with its sign.</param>
/// <param name="file">Keeps them beyond the end of the program.</param>
/// <param name="receipts">Learns what was sent.</param>
/// <param name="self">Who is logged in.</param>
internal sealed class Outbox(
    JoChatClient client, ChatScreen screen, UnsentFile file, ReceiptSigns receipts, string self)
{
    private readonly Lock _gate = new();

    // Guarded by _gate, in the order typed.
    private readonly List<OwnLine> _unsent = [];
    private bool _isFileBroken;

    /// <summary>The messages that are not sent yet.</summary>
    public IReadOnlyList<OwnMessage> Unsent
    {
        get { lock (_gate) { return [.. _unsent.Select(line => line.Message)]; } }
    }

    /// <summary>Takes over what an earlier run did not send. It is sent by <see cref="SendAgainAsync"/>.</summary>
    public void Restore(IEnumerable<OwnMessage> messages)
    {
        lock (_gate) { _unsent.AddRange(messages.Select(message => new OwnLine(message) { Sign = MessageSign.Failed })); }
    }

    /// <summary>Shows a message and has it sent.</summary>
    /// <returns>Completes when it is stored or has failed; the result is why, or null.</returns>
    public Task<JoChatException?> SendAsync(OwnMessage message, CancellationToken cancellation)
    {
        var line = new OwnLine(message);
        lock (_gate) { _unsent.Add(line); }
        Keep();
        return BeginAsync(line, cancellation);
    }

    /// <summary>Has everything sent that has failed.</summary>
    public Task SendAgainAsync(CancellationToken cancellation)
    {
        OwnLine[] failed;
        lock (_gate) { failed = [.. _unsent.Where(line => line.Sign == MessageSign.Failed)]; }
        return Task.WhenAll(failed.Select(line => BeginAsync(line, cancellation)));
    }

    /// <summary>Forgets what has failed.</summary>
    /// <returns>How many messages that were.</returns>
    public int Discard()
    {
        int count;
        lock (_gate) { count = _unsent.RemoveAll(line => line.Sign == MessageSign.Failed); }
        Keep();
        return count;
    }

    /// <summary>Waits until nothing is on its way, or until the patience is over.</summary>
    public async Task WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        Task[] sending;
        lock (_gate) { sending = [.. _unsent.Select(line => line.Sending)]; }
        try
        {
            await Task.WhenAll(sending).WaitAsync(patience, time, cancellation);
        }
        catch (TimeoutException)
        {
            // They wait for the connection.
        }
    }

    private Task<JoChatException?> BeginAsync(OwnLine line, CancellationToken cancellation)
    {
        var sending = SendAsync(line, cancellation);
        line.Sending = sending;
        return sending;
    }

    private async Task<JoChatException?> SendAsync(OwnLine line, CancellationToken cancellation)
    {
        var message = line.Message;
        line.Sign = MessageSign.Sending;
        if (screen.Terminal.IsRewriting) { screen.ShowOwn(self, line); }
        try
        {
            var stored = await client.SendAsync(message.Recipient, message.Text, message.ClientId, cancellation);
            Remove(line);
            if (line.Written is null) { screen.ShowOwn(self, line); }
            receipts.Sent(line, stored?.Id);
            return null;
        }
        catch (JoChatException failure)
        {
            Fail(line, failure);
            return failure;
        }
    }

    private void Fail(OwnLine line, JoChatException failure)
    {
        line.Sign = MessageSign.Failed;
        screen.ShowSign(self, line);
        var isForGood = failure is RefusedException
        {
            Code: not (ErrorCode.Busy or ErrorCode.RateLimited or ErrorCode.StorageUnavailable or ErrorCode.NotLoggedIn)
        };
        if (isForGood) { Remove(line); }
        screen.Warn($"Not sent to {line.Message.Recipient}: {failure.Message}{(isForGood ? "" : " /retry sends it again.")}");
    }

    private void Remove(OwnLine line)
    {
        lock (_gate) { _unsent.Remove(line); }
        Keep();
    }

    // What cannot be kept is still sent; the person is told once that it would not survive the program.
    private void Keep()
    {
        lock (_gate)
        {
            try
            {
                file.Write([.. _unsent.Select(line => line.Message)]);
            }
            catch (IOException fault) when (!_isFileBroken)
            {
                _isFileBroken = true;
                screen.Warn($"What is not sent cannot be kept for the next start: {fault.Message}");
            }
            catch (IOException)
            {
                // Told already.
            }
        }
    }
}
