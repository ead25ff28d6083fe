using System.Globalization;

namespace JoChat.Load;

/// <summary>Senders, each with a recipient of its own, all logged in.</summary>
internal sealed class Pairs(LoadState state)
{
    private readonly List<(LoadConnection Connection, MessageFrames Messages)> _senders = [];
    private readonly List<(LoadConnection Connection, Recipient Talk)> _recipients = [];

    /// <summary>What each sender has to send, and where.</summary>
    public IReadOnlyList<(LoadConnection Connection, MessageFrames Messages)> Senders => _senders;

    public IReadOnlyList<Recipient> Recipients => [.. _recipients.Select(recipient => recipient.Talk)];

    public long Received => _recipients.Sum(recipient => recipient.Talk.Received);

    /// <summary>Logs them in. Where there are several gateways, a recipient is never at its sender's.</summary>
    public async Task LogInAsync(ChatServer server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var pair = i.ToString("D4", CultureInfo.InvariantCulture);
            var connection = await server.LogInAsync($"r{pair}", wantsPush: true, at: i + 1);
            var recipient = new Recipient(state);
            connection.HandTo(recipient);
            _recipients.Add((connection, recipient));

            var messages = new MessageFrames($"s{pair}", [$"r{pair}"]);
            _senders.Add((await server.LogInAsync($"s{pair}", wantsPush: false, at: i), messages));
        }
    }

    /// <summary>Checks that everything has come once. What would come twice comes before the answer to a request that
    /// is asked when all has come once.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        foreach (var (connection, _) in _recipients) { connection.Send(Requests.CountUnread()); }
        var isAnswered = await Polling.UntilAsync(
            () => state.HasFailed || _recipients.All(recipient => recipient.Talk.IsFenced),
            Polling.Timeout, cancellation);
        if (!isAnswered) { state.Fail("A recipient was not answered"); }
        foreach (var (sender, recipient) in _senders.Zip(_recipients))
        {
            var (sent, received) = (sender.Messages.Written, recipient.Talk.Received);
            if (received != sent) { state.Fail($"{received} of {sent} messages were received"); }
        }
    }
}
