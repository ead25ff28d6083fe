using System.Globalization;

namespace JoChat.Load;

/// <summary>Senders, each with a recipient of its own, all logged in.</summary>
internal sealed class Pairs(Stage stage)
{
    private readonly List<(LoadConnection Connection, Letters Letters)> _senders = [];
    private readonly List<(LoadConnection Connection, Recipient Talk)> _recipients = [];

    /// <summary>What each sender has to send, and where.</summary>
    public IReadOnlyList<(LoadConnection Connection, Letters Letters)> Senders => _senders;

    public IReadOnlyList<Recipient> Recipients => [.. _recipients.Select(recipient => recipient.Talk)];

    public long Received => _recipients.Sum(recipient => recipient.Talk.Received);

    public async Task EnterAsync(ChatServer server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var pair = i.ToString("D4", CultureInfo.InvariantCulture);
            var connection = await server.EnterAsync($"r{pair}", wantsPush: true);
            var recipient = new Recipient(stage);
            connection.HandTo(recipient);
            _recipients.Add((connection, recipient));

            var letters = new Letters($"s{pair}", [$"r{pair}"]);
            _senders.Add((await server.EnterAsync($"s{pair}", wantsPush: false), letters));
        }
    }

    /// <summary>Checks that everything has come once. What would come twice comes before the answer to a request that
    /// is asked when all has come once.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        foreach (var (connection, _) in _recipients) { connection.Send(Requests.CountUnread()); }
        var isAnswered = await Settling.UntilAsync(
            () => stage.HasFailed || _recipients.All(recipient => recipient.Talk.IsFenced),
            Settling.Patience, cancellation);
        if (!isAnswered) { stage.Fail("A recipient was not answered"); }
        foreach (var (sender, recipient) in _senders.Zip(_recipients))
        {
            var (sent, received) = (sender.Letters.Written, recipient.Talk.Received);
            if (received != sent) { stage.Fail($"{received} of {sent} messages were received"); }
        }
    }
}
