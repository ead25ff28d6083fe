using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>A stream pushes every message once, in order, and never more than the window and the socket take.</summary>
public sealed class DeliveryStreamTests
{
    private static readonly SessionLogin Login = new(new AccountId(1), "Ada", new MessageId(10), Kept: null);
    private readonly Outbox _outbox = new();
    private readonly DeliveryStream _stream;

    public DeliveryStreamTests() =>
        _stream = new DeliveryStream(_outbox, Login, new SessionOptions { WindowMessages = 2, WindowBytes = 1000 });

    [Fact]
    public void What_was_stored_before_the_login_is_away_and_queue_empty_parts_it_from_what_is_live()
    {
        _stream.Start(needsAcks: false);
        _stream.NextRead();

        _stream.Push(Live(11)); // the page holds it
        _stream.Push(Page(after: 0, 9, 10, 11));
        _stream.NextRead();
        _stream.Push(Page(after: 11));

        Assert.Equal(["9 away", "10 away", "queue_empty", "11"], _outbox.Sent);
    }

    [Fact]
    public void A_full_window_stops_the_push_and_acks_let_it_read_on_from_the_cursor()
    {
        _stream.Start(needsAcks: true);
        _stream.NextRead();
        _stream.Push(Page(after: 0, 11, 12, 13));
        Assert.Null(_stream.NextRead());

        var confirmed = _stream.Acknowledge(new Acknowledge([12, 11]));

        Assert.Equal((12, 11), (confirmed!.Through.Value, Assert.Single(confirmed.Earlier).Id.Value));
        var read = _stream.NextRead()!;
        Assert.Equal((12, 2), (read.After.Value, read.Limit));
        Assert.Equal(["queue_empty", "11", "12"], _outbox.Sent);
    }

    [Fact]
    public void The_window_is_bounded_in_bytes_too_but_for_a_lone_message()
    {
        CatchUp(needsAcks: true);

        _stream.Push(Live(11, new string('é', 501)));
        _stream.Push(Live(12));

        Assert.Equal("11", _outbox.Sent.Last());
        Assert.Equal(11, _stream.Acknowledge(new Acknowledge([11]))!.Through.Value);
        Assert.Equal(11, _stream.NextRead()!.After.Value);
    }

    [Fact]
    public void With_acks_what_is_merely_written_or_was_never_pushed_is_not_delivered()
    {
        CatchUp(needsAcks: true);
        _stream.Push(Live(11));

        Assert.Null(_stream.Written(_outbox.Events[^1]));
        Assert.Null(_stream.Acknowledge(new Acknowledge([0, 5, 12, -1, long.MaxValue, long.MinValue])));
    }

    [Fact]
    public void A_live_message_that_finds_no_room_is_read_from_the_store_later()
    {
        CatchUp();
        _outbox.HasRoom = false;

        _stream.Push(Live(11));
        Assert.Null(_stream.NextRead());
        _outbox.HasRoom = true;

        Assert.Equal(10, _stream.NextRead()!.After.Value);
        Assert.DoesNotContain("11", _outbox.Sent);
    }

    [Fact]
    public void Under_another_rule_what_is_undelivered_is_pushed_again_and_an_older_page_is_dropped()
    {
        CatchUp();
        _stream.Push(Live(11));
        _outbox.HasRoom = false;
        _stream.Push(Live(12));
        _outbox.HasRoom = true;
        Assert.Equal(11, _stream.NextRead()!.After.Value);

        _stream.Start(needsAcks: true);
        _stream.Push(Page(after: 11, 12));

        Assert.Equal(default, _stream.NextRead()!.After);
        Assert.DoesNotContain("12", _outbox.Sent);
    }

    [Fact]
    public void Without_acks_written_is_delivered()
    {
        CatchUp();
        _stream.Push(Live(11));

        var message = (MessageArrived)_outbox.Events[^1];
        Assert.Null(_stream.Written(message with { Recipient = "Bob" })); // of a login before
        var confirmed = _stream.Written(message);

        Assert.Equal((Login.Id, "Ada"), (confirmed!.Account, confirmed.By));
        Assert.Equal((11, 2), (confirmed.Through.Value, confirmed.Sender.Value));
        Assert.Null(_stream.Acknowledge(new Acknowledge([11])));
    }

    [Fact]
    public void A_message_that_could_not_be_told_is_read()
    {
        CatchUp();
        Assert.Null(_stream.NextRead());

        _stream.FallBehind();

        Assert.Equal(10, _stream.NextRead()!.After.Value);
    }

    private void CatchUp(bool needsAcks = false)
    {
        _stream.Start(needsAcks);
        _stream.NextRead();
        _stream.Push(Page(after: 0, 10));
        _stream.Acknowledge(new Acknowledge([10]));
        _stream.NextRead();
        _stream.Push(Page(after: 10));
    }

    private static LiveMessage Live(long id, string content = "hi") =>
        new(new MessageArrived(id, "bob", "Ada", content, default, Away: false), new AccountId(2));

    private static UndeliveredRead Page(long after, params long[] ids) => new(
        new MessageId(after),
        [.. ids.Select(id => new StoredMessage(new MessageId(id), new AccountId(2), "bob", "hi", default))],
        IsLast: ids.Length == 0);

    private sealed class Outbox : IClientConnection
    {
        public ClientAddress Address => default;

        public bool HasRoom { get; set; } = true;

        public List<ServerEvent> Events { get; } = [];

        public IEnumerable<string> Sent => Events.Select(sent => sent is MessageArrived message
            ? message.Id + (message.Away ? " away" : "") : "queue_empty");

        public void Send(ServerEvent news) => Events.Add(news);

        public int Answer(ClientRequest request, Response response) => throw new NotSupportedException();

        public void NoteLogin(bool isLoggedIn)
        {
        }

        public void Settle(ClientRequest request) => throw new NotSupportedException();

        public void Close() => throw new NotSupportedException();
    }
}
