using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>Reads what an account is sent from a side session, page by page behind the last id, as a bot does, and now
/// and then marks it as delivered. It must see every message once and in the order of the ids.</summary>
/// <param name="client">How it connects: as an account that receives without acknowledging what is pushed, since what it
/// marks is pushed no more.</param>
/// <param name="password">The account's.</param>
internal sealed class InboxFollower(SequentialClient client, Secret password)
{
    private const int LongestPause = 100, MostRead = 40, MostReadAtTheEnd = 500;

    private long _last;

    private Ledger Ledger => client.Torture.Ledger;

    /// <summary>Follows until the torture is over.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!client.Torture.IsOver)
        {
            if (await LogInAsync(cancellation)) { await FollowAsync(cancellation); }
            client.Disconnect();
            await Task.Delay(client.Random.Next(LongestPause), cancellation);
        }
    }

    /// <summary>Reads what is left, when nothing more is sent and the server works.</summary>
    /// <exception cref="LoadFailedException">It cannot be read.</exception>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        if (!await LogInAsync(cancellation)) { throw new LoadFailedException($"{client.Name} cannot follow its inbox"); }
        int? count;
        do { count = await ReadAsync(MostReadAtTheEnd, cancellation); } while (count > 0);
        if (count is null) { throw new LoadFailedException($"{client.Name} cannot read its inbox"); }
        client.Disconnect();
        Ledger.NoteFollowedToTheEnd(client.Name);
    }

    private async Task<bool> LogInAsync(CancellationToken cancellation)
    {
        client.Disconnect();
        Request[] entering = [new Hello("jochat-load", Features.Side), new LogIn(client.Name, password)];
        foreach (var request in entering)
        {
            switch (await client.AskAsync(request, cancellation))
            {
                case Welcome or LoggedIn: break;
                case null: return false;
                case var answer when client.IsStorageRefusal(answer): return false;
                case var answer:
                    client.NoteFault($"{request} of a side session was answered: {answer}");
                    return false;
            }
        }
        return true;
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        while (!client.Torture.IsOver && await ReadAsync(client.Random.Next(1, MostRead), cancellation) is { } count)
        {
            if (_last > 0 && client.Random.Next(4) == 0 && !await MarkAsync(cancellation)) { return; }
            if (count == 0) { await Task.Delay(client.Random.Next(LongestPause), cancellation); }
        }
    }

    // How many came; null if the connection is lost, or nothing can be read.
    private async Task<int?> ReadAsync(int count, CancellationToken cancellation)
    {
        switch (await client.AskOrCutAsync(new ReadInbox(_last, Before: null, count), cancellation))
        {
            case InboxRead page:
                foreach (var message in page.Messages)
                {
                    if (message.Id <= _last)
                    {
                        Ledger.NoteFinding(Finding.Misordered, $"in {client.Name}'s inbox behind {_last}: {message}");
                    }
                    _last = message.Id;
                    Ledger.NoteFollowed(client.Name, message);
                }
                return page.Messages.Length;
            case null: return null;
            case var answer when client.IsStorageRefusal(answer, isRead: true): return null;
            case var answer:
                client.NoteFault($"inbox was answered: {answer}");
                return null;
        }
    }

    private async Task<bool> MarkAsync(CancellationToken cancellation)
    {
        switch (await client.AskOrCutAsync(new MarkDelivered(_last), cancellation))
        {
            case MarkedDelivered: return true;
            case null: return false;
            case var answer when client.IsStorageRefusal(answer): return false;
            case var answer:
                client.NoteFault($"mark_delivered was answered: {answer}");
                return false;
        }
    }
}
