using JoChat.Load.Torture;
using JoChat.Protocol;

namespace JoChat.Load.Tests;

/// <summary>What the verdict counts. Ada writes to Bob, who acknowledges what is pushed, and to Cyd, who polls.
/// </summary>
public sealed class LedgerTests
{
    private readonly Ledger _ledger = new(new HashSet<string> { "bob" });

    [Fact]
    public void A_message_that_arrived_and_is_in_both_histories_is_clean()
    {
        var message = Stored("bob", id: 7);
        Arrive(message, 7);
        Keep(message, 7);

        var tally = _ledger.Judge(out var findings);

        Assert.Equal(new Tally(1, 1, 1, 0, 0, 0, 0, 0), tally);
        Assert.True(tally.IsClean);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("bob", 1)]
    [InlineData("cyd", 0)]
    public void A_message_never_pushed_is_lost_to_a_recipient_who_acknowledges(string recipient, int lost)
    {
        Keep(Stored(recipient, id: 7), 7);

        var tally = _ledger.Judge(out _);

        Assert.Equal((lost, lost == 0), (tally.Lost, tally.IsClean));
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("bob")]
    public void A_message_missing_in_one_of_both_histories_is_lost(string reader)
    {
        var message = Stored("bob", id: 7);
        Arrive(message, 7);
        _ledger.NoteHistory(reader, Kept(message, 7));

        Assert.Equal(1, _ledger.Judge(out _).Lost);
    }

    [Fact]
    public void A_message_that_an_inbox_passes_over_is_lost_to_who_follows_it()
    {
        var (seen, passed) = (Stored("cyd", id: 7), Stored("cyd", id: 8));
        foreach (var message in new[] { seen, passed }) { Keep(message, message.Id); }
        _ledger.NoteFollowed("cyd", Kept(seen, 7));
        Assert.True(_ledger.Judge(out _).IsClean); // it may be on its way

        _ledger.NoteFollowedToTheEnd("cyd");

        Assert.Equal(1, _ledger.Judge(out _).Lost);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void A_message_that_comes_twice_to_who_follows_an_inbox_is_duplicated(long secondId)
    {
        var message = Stored("cyd", id: 7);
        Keep(message, 7);
        _ledger.NoteFollowed("cyd", Kept(message, 7));

        _ledger.NoteFollowed("cyd", Kept(message, secondId));

        Assert.Equal(1, _ledger.Judge(out _).Duplicated);
    }

    [Fact]
    public void An_unacknowledged_message_is_not_lost_but_the_run_is_not_clean()
    {
        _ledger.NoteAttempt(_ledger.Add("ada", "bob"), connection: 1, new CurrentLife(1));

        var tally = _ledger.Judge(out _);

        Assert.Equal(0, tally.Lost);
        Assert.False(tally.IsClean);
    }

    [Fact]
    public void A_message_that_arrives_again_before_its_receipt_is_not_duplicated()
    {
        var message = Stored("bob", id: 7);
        Arrive(message, 7);
        Arrive(message, 7, loginAt: _ledger.Now());
        Keep(message, 7);

        Assert.True(_ledger.Judge(out _).IsClean);
    }

    [Theory]
    [InlineData(new long[] { 7, 8 }, new long[] { 7 }, 1)]
    [InlineData(new long[] { 8 }, new long[] { 7 }, 1)] // not as it was acknowledged
    [InlineData(new long[] { 7 }, new long[] { 7, 8 }, 2)] // in either history
    public void A_message_under_two_ids_is_duplicated(long[] arrivals, long[] kept, int duplicated)
    {
        var message = Stored("bob", id: 7);
        foreach (var id in arrivals) { Arrive(message, id); }
        foreach (var id in kept) { Keep(message, id); }

        Assert.Equal(duplicated, _ledger.Judge(out _).Duplicated);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_message_delivered_to_a_login_after_its_receipt_is_duplicated(bool isAfter, int duplicated)
    {
        var message = Stored("bob", id: 7);
        var before = _ledger.Now();
        Arrive(message, 7);
        _ledger.NoteReceipt("ada", Delivered("bob", 7));
        Arrive(message, 7, loginAt: isAfter ? _ledger.Now() : before);
        Keep(message, 7);

        var tally = _ledger.Judge(out _);

        Assert.Equal((duplicated, duplicated == 0), (tally.Duplicated, tally.IsClean));
    }

    [Fact]
    public void A_list_may_show_what_was_delivered_before()
    {
        var message = Stored("cyd", id: 7);
        Arrive(message, 7);
        _ledger.NoteReceipt("ada", Delivered("cyd", 7));
        _ledger.NoteArrival(new Arrival("cyd", "ada", 7, message.Text, DeliveryPath.List, _ledger.Now()));
        Keep(message, 7);

        Assert.True(_ledger.Judge(out _).IsClean);
    }

    [Fact]
    public void A_message_that_first_arrives_after_a_later_one_is_misordered()
    {
        var (first, second) = (Stored("bob", id: 7), Stored("bob", id: 8));
        Arrive(second, 8);
        Arrive(first, 7);
        Keep(first, 7);
        Keep(second, 8);

        Assert.Equal(1, _ledger.Judge(out _).Misordered);
    }

    [Theory]
    [InlineData("ada", "0 ada>bob and more")] // not as it was sent
    [InlineData("ada", "1 ada>bob the quick brown fox jumps over")] // not sent yet
    [InlineData("cyd", "0 cyd>bob ")] // by nobody
    [InlineData("ada", "")]
    public void A_text_that_was_not_sent_like_that_is_altered(string sender, string text)
    {
        Stored("cyd", id: 7);
        Stored("bob", id: 8);
        _ledger.Add("ada", "bob");
        _ledger.NoteArrival(new Arrival("bob", sender, 9, text, DeliveryPath.Push, LoginAt: 1));
        _ledger.NoteHistory("bob", new HistoryMessage(9, sender, "bob", text, DateTimeOffset.UnixEpoch, default));

        Assert.Equal(2, _ledger.Judge(out _).Altered);
    }

    [Fact]
    public void A_run_that_sent_nothing_is_not_clean() => Assert.False(_ledger.Judge(out _).IsClean);

    private SentMessage Stored(string recipient, long id)
    {
        var message = _ledger.Add("ada", recipient);
        _ledger.NoteAttempt(message, connection: 1, new CurrentLife(1));
        _ledger.NoteStored(message, id);
        return message;
    }

    private void Arrive(SentMessage message, long id, long loginAt = 0) => _ledger.NoteArrival(
        new Arrival(message.Stream.Recipient, message.Stream.Sender, id, message.Text, DeliveryPath.Push, loginAt));

    private void Keep(SentMessage message, long id)
    {
        _ledger.NoteHistory(message.Stream.Sender, Kept(message, id));
        _ledger.NoteHistory(message.Stream.Recipient, Kept(message, id));
    }

    private static ReceiptArrived Delivered(string by, long id) =>
        new(ReceiptKind.Delivered, by, [id], DateTimeOffset.UnixEpoch);

    private static HistoryMessage Kept(SentMessage message, long id) => new(
        id, message.Stream.Sender, message.Stream.Recipient, message.Text, DateTimeOffset.UnixEpoch, default);
}
