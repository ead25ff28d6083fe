using JoChat.Load.Torture;
using JoChat.Protocol;

namespace JoChat.Load.Tests;

/// <summary>What a count, a history or a list of conversations may show. Ada and Bob write to each other; Ada asks.
/// </summary>
public sealed class LedgerReadsTests
{
    private readonly Ledger _ledger = new(new HashSet<string>());

    [Fact]
    public void A_page_of_all_that_is_known_is_right()
    {
        HistoryMessage[] page = [Shown(Sent(id: 7), 7), Shown(Received(id: 8), 8)];

        JudgeHistory(page, count: 10);

        AssertFindings();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_page_without_a_message_that_the_reader_knows_is_a_fault(bool isOwn)
    {
        var shown = Shown(Sent(id: 7), 7);
        _ = isOwn ? Sent(id: 9) : Received(id: 9);

        JudgeHistory([shown], count: 10);

        AssertFindings(faults: 1);
    }

    [Fact]
    public void A_full_page_need_not_show_older_messages()
    {
        Sent(id: 6);

        JudgeHistory([Shown(Sent(id: 7), 7)], count: 1);

        AssertFindings();
    }

    [Fact]
    public void A_page_need_not_show_what_came_after_it_was_asked_for()
    {
        var context = Context();
        Received(id: 8);

        _ledger.JudgeHistory(context, new ReadHistory("bob", null, 10), []);

        AssertFindings();
    }

    [Fact]
    public void A_page_that_does_not_ascend_is_misordered()
    {
        JudgeHistory([Shown(Sent(id: 8), 8), Shown(Sent(id: 7), 7)], count: 10);

        AssertFindings(misordered: 1);
    }

    [Fact]
    public void A_page_with_a_message_under_two_ids_is_duplicated()
    {
        var message = Sent(id: 7);

        JudgeHistory([Shown(message, 7), Shown(message, 8)], count: 10);

        AssertFindings(duplicated: 2); // twice in the page, and once not as it was acknowledged
    }

    [Fact]
    public void A_page_with_a_text_that_nobody_sent_is_altered()
    {
        JudgeHistory([Shown(Sent(id: 7), 7) with { Content = "0 ada>bob and more" }], count: 1);

        AssertFindings(altered: 1, faults: 1); // and message 7 is missing
    }

    [Theory]
    [InlineData(MessageState.Stored, 1)]
    [InlineData(MessageState.Delivered, 0)]
    [InlineData(MessageState.Read, 1)] // it was not marked
    public void What_the_reader_acknowledged_before_is_shown_as_delivered(MessageState state, int faults)
    {
        var message = Received(id: 7);
        _ledger.NoteAcknowledged([message]);

        JudgeHistory([Shown(message, 7, state)], count: 10);

        AssertFindings(faults: faults);
    }

    [Theory]
    [InlineData(MessageState.Delivered, 1)]
    [InlineData(MessageState.Read, 0)]
    public void What_the_reader_marked_before_is_shown_as_read(MessageState state, int faults)
    {
        var message = Received(id: 7);
        _ledger.NoteReadRequested("ada", "bob", 7);
        _ledger.NoteReadMarked("ada", "bob", 7);

        JudgeHistory([Shown(message, 7, state)], count: 10);

        AssertFindings(faults: faults);
    }

    [Fact]
    public void A_count_may_be_of_all_that_is_not_known_to_be_delivered()
    {
        Received(id: 7);
        _ledger.NoteAcknowledged([Received(id: 8)]);

        _ledger.JudgeUnread(Context(), 1);
        AssertFindings();

        _ledger.JudgeUnread(Context(), 2);
        AssertFindings(faults: 1);
    }

    [Fact]
    public void What_was_acknowledged_on_an_earlier_connection_may_be_counted_again()
    {
        _ledger.NoteAcknowledged([Received(id: 8)]);

        _ledger.JudgeUnread(new ReadContext("ada", LoginAt: _ledger.Now(), AskedAt: _ledger.Now()), 1);

        AssertFindings();
    }

    [Theory]
    [InlineData(false, 1, 0)]
    [InlineData(true, 1, 1)]
    [InlineData(false, 2, 1)]
    public void A_list_shows_the_newest_message_and_no_more_unread_than_were_sent(
        bool isOlder, int unreadCount, int faults)
    {
        var shown = Received(id: 7);
        if (isOlder) { Sent(id: 8); }

        JudgeConversations(new Conversation("bob", unreadCount, Shown(shown, 7)));

        AssertFindings(faults: faults);
    }

    [Fact]
    public void A_list_without_a_known_conversation_is_a_fault()
    {
        Sent(id: 8);

        JudgeConversations();

        AssertFindings(faults: 1);
    }

    [Fact]
    public void A_receipt_of_a_message_that_was_not_marked_is_a_fault()
    {
        Sent(id: 7);

        _ledger.NoteReceipt("ada", new ReceiptArrived(ReceiptKind.Read, "bob", [7], DateTimeOffset.UnixEpoch));

        AssertFindings(faults: 1);
    }

    private SentMessage Sent(long id) => Stored("ada", "bob", id);

    private SentMessage Received(long id)
    {
        var message = Stored("bob", "ada", id);
        _ledger.NoteArrival(new Arrival("ada", "bob", id, message.Text, DeliveryPath.Push, LoginAt: 0));
        return message;
    }

    private SentMessage Stored(string sender, string recipient, long id)
    {
        var message = _ledger.Add(sender, recipient);
        _ledger.NoteAttempt(message, connection: 1, new CurrentLife(1));
        _ledger.NoteStored(message, id);
        return message;
    }

    private void JudgeHistory(HistoryMessage[] page, int count) =>
        _ledger.JudgeHistory(Context(), new ReadHistory("bob", null, count), page);

    private void JudgeConversations(params Conversation[] page) =>
        _ledger.JudgeConversations(Context(), new ListConversations(null), page);

    private ReadContext Context() => new("ada", LoginAt: 0, AskedAt: _ledger.Now());

    private static HistoryMessage Shown(SentMessage message, long id, MessageState state = MessageState.Stored) => new(
        id, message.Stream.Sender, message.Stream.Recipient, message.Text, DateTimeOffset.UnixEpoch, state);

    // What is in no final history counts as lost; that is not the matter here.
    private void AssertFindings(int duplicated = 0, int misordered = 0, int altered = 0, int faults = 0)
    {
        var tally = _ledger.Judge(out _);
        Assert.Equal((duplicated, altered, faults), (tally.Duplicated, tally.Altered, tally.Faults));
        Assert.Equal(misordered > 0, tally.Misordered > 0);
    }
}
