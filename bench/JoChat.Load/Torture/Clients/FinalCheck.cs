using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>After the faults: one client receives everything that is undelivered, in its own way, and reads its history
/// with everyone.</summary>
internal sealed class FinalCheck(TortureClient client)
{
    private const int MostFetched = 255, HistoryPage = 500;
    private readonly Ledger _ledger = client.Torture.Ledger;
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
        using var socket = await client.ConnectAsync(cancellation);
        var requests = await LogInAsync(socket, cancellation);
        if (client.Kind.Receiving == Receiving.Poll) { await FetchAsync(requests, cancellation); }
        else { await TakePushedAsync(socket, requests, cancellation); }
        // The server counts as delivered what it wrote to a connection that then broke. It is listed here.
        if (client.Kind.Receiving != Receiving.PushAndAck)
        {
            var listed = await requests.DemandAsync<DeliveredListed>(new ListDelivered(), cancellation);
            Note(listed.Messages, DeliveryPath.List);
        }
    }

    private async Task<SequentialRequests> LogInAsync(FrameSocket socket, CancellationToken cancellation)
    {
        (_pushed, _isEmptied) = (0, false);
        var requests = new SequentialRequests(socket, happened => TakeAsync(socket, happened, cancellation));
        if (client.Kind.Features != Features.None)
        {
            await requests.DemandAsync<Welcome>(new Hello("jochat-load", client.Kind.Features), cancellation);
        }
        _loginAt = _ledger.Now();
        await requests.DemandAsync<LoggedIn>(new LogIn(Name, client.Password, Takeover: true), cancellation);
        return requests;
    }

    private async Task TakePushedAsync(FrameSocket socket, SequentialRequests requests, CancellationToken cancellation)
    {
        while (!_isEmptied) { await TakeAsync(socket, await requests.NextEventAsync(cancellation), cancellation); }
        // Answered after the acknowledgements, when they are durable.
        var unread = await requests.DemandAsync<UnreadCounted>(new CountUnread(), cancellation);
        if (unread.Count != 0)
        {
            _ledger.NoteFinding(Finding.Fault, $"{Name} has {unread.Count} unread behind queue_empty");
        }
    }

    private async Task TakeAsync(FrameSocket socket, ServerEvent happened, CancellationToken cancellation)
    {
        if (happened is QueueEmptied) { _isEmptied = true; }
        if (happened is ReceiptArrived receipt) { _ledger.NoteReceipt(Name, receipt); }
        if (happened is not MessageArrived message) { return; }
        _pushed++;
        _ledger.NoteArrival(
            new Arrival(Name, message.Sender, message.Id, message.Content, DeliveryPath.Push, _loginAt));
        if (client.Kind.Receiving != Receiving.PushAndAck) { return; }
        await socket.WriteAsync(socket.Frame(new Acknowledge([message.Id])), cancellation);
    }

    private async Task FetchAsync(SequentialRequests requests, CancellationToken cancellation)
    {
        while (true)
        {
            var away = await requests.DemandAsync<AwayFetched>(new FetchAway(MostFetched), cancellation);
            if (away.Messages.IsEmpty) { return; }
            Note(away.Messages, DeliveryPath.Away);
        }
    }

    // Everything is acknowledged, and durably so: the next login must get nothing.
    private async Task CheckThatNothingComesAgainAsync(CancellationToken cancellation)
    {
        using var socket = await client.ConnectAsync(cancellation);
        var requests = await LogInAsync(socket, cancellation);
        await TakePushedAsync(socket, requests, cancellation);
        if (_pushed > 0)
        {
            _ledger.NoteFinding(Finding.Duplicated, $"{Name} was pushed {_pushed} messages that it had acknowledged");
        }
    }

    private async Task ReadHistoriesAsync(CancellationToken cancellation)
    {
        using var socket = await client.ConnectAsync(cancellation);
        var requests = await LogInAsync(socket, cancellation);
        foreach (var other in client.Torture.Clients.Where(other => other.Name != Name))
        {
            await ReadHistoryAsync(requests, other.Name, cancellation);
        }
    }

    private async Task ReadHistoryAsync(SequentialRequests requests, string with, CancellationToken cancellation)
    {
        long? before = null;
        while (true)
        {
            var page = await requests.DemandAsync<History>(new ReadHistory(with, before, HistoryPage), cancellation);
            if (page.Messages.IsEmpty) { return; }
            foreach (var message in page.Messages) { _ledger.NoteHistory(Name, message); }
            before = page.Messages[0].Id;
        }
    }

    private void Note(IEnumerable<InboxMessage> messages, DeliveryPath way)
    {
        foreach (var message in messages)
        {
            _ledger.NoteArrival(new Arrival(Name, message.Sender, message.Id, message.Content, way, _loginAt));
        }
    }
}
