using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>Brings one client to its end when nothing is sent any more: it receives all that waits, by its own way, and
/// reads what it wrote with everyone.</summary>
internal sealed class Drain(TortureClient client)
{
    private const int MostFetched = 255, HistoryPage = 500;
    private readonly Ledger _ledger = client.World.Ledger;
    private long _loginAt;
    private int _pushed;
    private bool _isEmptied;

    private string Name => client.Kind.Name;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await ReceiveAsync(cancellation);
        if (client.Kind.Receiving == Receiving.PushAndAck) { await CheckThatNothingComesAgainAsync(cancellation); }
        await ReadHistoriesAsync(cancellation);
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        using var wire = await client.ConnectAsync(cancellation);
        var inquiry = await LogInAsync(wire, cancellation);
        if (client.Kind.Receiving == Receiving.Poll) { await FetchAsync(inquiry, cancellation); }
        else { await TakePushedAsync(wire, inquiry, cancellation); }
        // Of what was written to a connection that broke the server may believe that it came. It is listed here.
        if (client.Kind.Receiving != Receiving.PushAndAck)
        {
            var listed = await inquiry.DemandAsync<DeliveredListed>(new ListDelivered(), cancellation);
            Note(listed.Messages, Way.List);
        }
    }

    private async Task<Inquiry> LogInAsync(Wire wire, CancellationToken cancellation)
    {
        (_pushed, _isEmptied) = (0, false);
        var inquiry = new Inquiry(wire, happened => TakeAsync(wire, happened, cancellation));
        if (client.Kind.Features != Features.None)
        {
            await inquiry.DemandAsync<Welcome>(new Hello("jochat-load", client.Kind.Features), cancellation);
        }
        _loginAt = _ledger.Now();
        await inquiry.DemandAsync<LoggedIn>(new LogIn(Name, client.Password, Takeover: true), cancellation);
        return inquiry;
    }

    private async Task TakePushedAsync(Wire wire, Inquiry inquiry, CancellationToken cancellation)
    {
        while (!_isEmptied) { await TakeAsync(wire, await inquiry.NextEventAsync(cancellation), cancellation); }
        // Answered behind what was acknowledged, when that is durable.
        var unread = await inquiry.DemandAsync<UnreadCounted>(new CountUnread(), cancellation);
        if (unread.Count != 0)
        {
            _ledger.NoteFinding(Finding.Fault, $"{Name} has {unread.Count} unread behind queue_empty");
        }
    }

    private async Task TakeAsync(Wire wire, ServerEvent happened, CancellationToken cancellation)
    {
        if (happened is QueueEmptied) { _isEmptied = true; }
        if (happened is ReceiptArrived receipt) { _ledger.NoteReceipt(Name, receipt); }
        if (happened is not MessageArrived message) { return; }
        _pushed++;
        _ledger.NoteArrival(new Arrival(Name, message.Sender, message.Id, message.Content, Way.Push, _loginAt));
        if (client.Kind.Receiving != Receiving.PushAndAck) { return; }
        await wire.WriteAsync(wire.Frame(new Acknowledge([message.Id])), cancellation);
    }

    private async Task FetchAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        while (true)
        {
            var away = await inquiry.DemandAsync<AwayFetched>(new FetchAway(MostFetched), cancellation);
            if (away.Messages.IsEmpty) { return; }
            Note(away.Messages, Way.Away);
        }
    }

    // Everything is acknowledged, and that is durable: the next login gets nothing.
    private async Task CheckThatNothingComesAgainAsync(CancellationToken cancellation)
    {
        using var wire = await client.ConnectAsync(cancellation);
        var inquiry = await LogInAsync(wire, cancellation);
        await TakePushedAsync(wire, inquiry, cancellation);
        if (_pushed > 0)
        {
            _ledger.NoteFinding(Finding.Duplicated, $"{Name} was pushed {_pushed} messages that it had acknowledged");
        }
    }

    private async Task ReadHistoriesAsync(CancellationToken cancellation)
    {
        using var wire = await client.ConnectAsync(cancellation);
        var inquiry = await LogInAsync(wire, cancellation);
        foreach (var other in client.World.Clients.Where(other => other.Name != Name))
        {
            await ReadHistoryAsync(inquiry, other.Name, cancellation);
        }
    }

    private async Task ReadHistoryAsync(Inquiry inquiry, string with, CancellationToken cancellation)
    {
        long? before = null;
        while (true)
        {
            var page = await inquiry.DemandAsync<History>(new ReadHistory(with, before, HistoryPage), cancellation);
            if (page.Messages.IsEmpty) { return; }
            foreach (var message in page.Messages) { _ledger.NoteHistory(Name, message); }
            before = page.Messages[0].Id;
        }
    }

    private void Note(IEnumerable<InboxMessage> messages, Way way)
    {
        foreach (var message in messages)
        {
            _ledger.NoteArrival(new Arrival(Name, message.Sender, message.Id, message.Content, way, _loginAt));
        }
    }
}
