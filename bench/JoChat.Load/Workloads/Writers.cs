namespace JoChat.Load;

/// <summary>Some senders that share a crowd: each member is written to by one of them, so that what it gets has an
/// order.</summary>
internal sealed class Writers
{
    private const int Count = 8, InFlight = 8; // not more than a crowd has members
    private readonly Crowd _crowd;
    private readonly List<(LoadConnection Connection, Letters Letters)> _writers = [];

    private Writers(Crowd crowd) => _crowd = crowd;

    /// <summary>Signs them up and logs them in.</summary>
    /// <param name="server">Where.</param>
    /// <param name="crowd">To whom they will write.</param>
    /// <param name="letter">What their names begin with.</param>
    public static async Task<Writers> EnterAsync(ChatServer server, Crowd crowd, char letter)
    {
        var writers = new Writers(crowd);
        for (var i = 0; i < Count; i++)
        {
            var (name, own) = ($"{letter}{i}", i);
            var recipients = crowd.Members.Index()
                .Where(member => member.Index % Count == own).Select(member => member.Item.Name);
            var letters = new Letters(name, recipients, crowd.Manner.ContentBytes);
            writers._writers.Add((await server.EnterAsync(name, wantsPush: false), letters));
        }
        return writers;
    }

    /// <summary>Messages to members so far.</summary>
    public long Written => _writers.Sum(writer => writer.Letters.Written);

    /// <summary>Writes to members in turn at a rate, see <see cref="Pacer"/>, and waits until all is stored.</summary>
    public async Task<double> WriteAsync(int perSecond, long most, CancellationToken end)
    {
        PacedSender[] senders =
            [.. _writers.Select(of => PacedSender.Begin(of.Connection, _crowd.Stage, of.Letters))];
        var seconds = await Pacer.RunAsync(senders, perSecond, most, end);
        var isStored = await Settling.UntilAsync(
            () => _crowd.Stage.HasFailed || senders.All(sender => sender.Answered == sender.Sent),
            Settling.Patience, CancellationToken.None);
        return isStored ? seconds : throw _crowd.Stage.Broken("Not all messages to members were acknowledged");
    }

    /// <summary>Writes one message to each member as fast as they are answered, and checks that all that was ever
    /// written has come once and in order.</summary>
    /// <returns>How many members were reached.</returns>
    public async Task<int> ReachAsync(CancellationToken cancellation)
    {
        var before = _crowd.Members.Select(member => member.Received).ToArray();
        var expected = Written + _crowd.Members.Count;
        foreach (var (connection, letters) in _writers)
        {
            connection.HandTo(new Sender(
                connection, _crowd.Stage, letters, ChatServer.Stored, InFlight, letters.Recipients));
            connection.Send(Requests.CountUnread());
        }
        await CheckAsync(expected, cancellation);
        return _crowd.Members.Zip(before).Count(member => member.First.Received > member.Second);
    }

    /// <summary>Waits until so many messages have come, and checks that each that was written came once.</summary>
    public async Task CheckAsync(long expected, CancellationToken cancellation)
    {
        var longest = Settling.Patience + TimeSpan.FromMilliseconds(1) * expected;
        var haveCome = await Settling.UntilAsync(
            () => _crowd.Stage.HasFailed || _crowd.Received >= expected, longest, cancellation);
        if (!haveCome) { _crowd.Stage.Fail($"{_crowd.Received} of {expected} messages to members came in {longest}"); }
        if (!_crowd.Stage.HasFailed) { await _crowd.FenceAsync(Count * InFlight, cancellation); }
        foreach (var (place, member) in _crowd.Members.Index())
        {
            var (written, received) = (_writers[place % Count].Letters.WrittenTo(place / Count), member.Received);
            if (received != written)
            {
                _crowd.Stage.Fail($"{received} of {written} messages were received by {member.Name}");
            }
        }
    }
}
