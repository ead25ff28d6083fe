namespace JoChat.Load;

/// <summary>Senders that share a crowd: each client gets messages from one of them, so that their order is
/// defined.</summary>
internal sealed class CrowdSenders
{
    private const int Count = 8, InFlight = 8; // not more than a crowd has members
    private readonly Crowd _crowd;
    private readonly List<(LoadConnection Connection, MessageFrames Messages)> _writers = [];

    private CrowdSenders(Crowd crowd) => _crowd = crowd;

    /// <summary>Signs the senders up and logs them in.</summary>
    /// <param name="server">Where.</param>
    /// <param name="crowd">The recipients.</param>
    /// <param name="letter">The first letter of their names.</param>
    public static async Task<CrowdSenders> LogInAsync(ChatServer server, Crowd crowd, char letter)
    {
        var writers = new CrowdSenders(crowd);
        for (var i = 0; i < Count; i++)
        {
            var (name, own) = ($"{letter}{i}", i);
            var recipients = crowd.Clients.Index()
                .Where(client => client.Index % Count == own).Select(client => client.Item.Name);
            var messages = new MessageFrames(name, recipients, crowd.Behavior.ContentBytes);
            writers._writers.Add((await server.LogInAsync(name, wantsPush: false, at: i + 1), messages));
        }
        return writers;
    }

    /// <summary>Messages to the crowd so far.</summary>
    public long Written => _writers.Sum(writer => writer.Messages.Written);

    /// <summary>Sends to the clients in turn at a rate, see <see cref="Pacer"/>, and waits until all is
    /// acknowledged.</summary>
    public async Task<double> WriteAsync(int perSecond, long most, CancellationToken end)
    {
        PacedSender[] senders =
            [.. _writers.Select(of => PacedSender.Begin(of.Connection, _crowd.State, of.Messages))];
        var seconds = await Pacer.RunAsync(senders, perSecond, most, end);
        var isStored = await Polling.UntilAsync(
            () => _crowd.State.HasFailed || senders.All(sender => sender.Answered == sender.Sent),
            Polling.Timeout, CancellationToken.None);
        return isStored ? seconds : throw _crowd.State.Broken("Not all messages to members were acknowledged");
    }

    /// <summary>Sends one message to each client as fast as they are acknowledged, and checks that everything that was
    /// ever sent has arrived once and in order.</summary>
    /// <returns>How many clients received it.</returns>
    public async Task<int> ReachAsync(CancellationToken cancellation)
    {
        var before = _crowd.Clients.Select(client => client.Received).ToArray();
        var expected = Written + _crowd.Clients.Count;
        foreach (var (connection, messages) in _writers)
        {
            connection.HandTo(new ClosedLoopSender(
                connection, _crowd.State, messages, ChatServer.Stored, InFlight, messages.Recipients));
            connection.Send(Requests.CountUnread());
        }
        await CheckAsync(expected, cancellation);
        return _crowd.Clients.Zip(before).Count(client => client.First.Received > client.Second);
    }

    /// <summary>Waits until so many messages have arrived, and checks that each that was sent arrived once.</summary>
    public async Task CheckAsync(long expected, CancellationToken cancellation)
    {
        var longest = Polling.Timeout + TimeSpan.FromMilliseconds(1) * expected;
        var haveCome = await Polling.UntilAsync(
            () => _crowd.State.HasFailed || _crowd.Received >= expected, longest, cancellation);
        if (!haveCome) { _crowd.State.Fail($"{_crowd.Received} of {expected} messages to members came in {longest}"); }
        if (!_crowd.State.HasFailed) { await _crowd.FenceAsync(Count * InFlight, cancellation); }
        foreach (var (place, client) in _crowd.Clients.Index())
        {
            var (written, received) = (_writers[place % Count].Messages.WrittenTo(place / Count), client.Received);
            if (received != written)
            {
                _crowd.State.Fail($"{received} of {written} messages were received by {client.Name}");
            }
        }
    }
}
