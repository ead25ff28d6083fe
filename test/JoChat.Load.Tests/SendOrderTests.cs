using JoChat.Load.Torture;

namespace JoChat.Load.Tests;

/// <summary>Which orders of storing break the promise, and which a refusal or a cut explains.</summary>
public sealed class SendOrderTests
{
    private readonly Ledger _ledger = new(new HashSet<string>());

    [Theory]
    [InlineData(1, 2, false)]
    [InlineData(2, 1, true)]
    public void A_message_stored_before_an_earlier_one_of_its_connection_is_misordered(
        long firstId, long secondId, bool isMisordered)
    {
        var (first, second) = (Send(connection: 1), Send(connection: 1));
        _ledger.NoteStored(first, firstId);
        _ledger.NoteStored(second, secondId);

        AssertMisordered(isMisordered ? first : null, first, second);
    }

    [Theory]
    [InlineData(2, 1, false)]
    [InlineData(1, 2, true)] // it was stored all the same
    public void A_refused_message_takes_its_place_when_it_is_sent_again(long refusedId, long laterId, bool isMisordered)
    {
        var (refused, later) = (Send(connection: 1), Send(connection: 1));
        _ledger.NoteRefused(refused);
        _ledger.NoteStored(later, laterId);
        Again(refused, connection: 1);
        _ledger.NoteStored(refused, refusedId);

        AssertMisordered(isMisordered ? later : null, refused, later);
    }

    [Fact]
    public void A_message_sent_after_the_retry_of_another_is_stored_after_it()
    {
        var refused = Send(connection: 1);
        _ledger.NoteRefused(refused);
        Again(refused, connection: 1);
        var later = Send(connection: 1);
        _ledger.NoteStored(refused, 2);
        _ledger.NoteStored(later, 1);

        Assert.Equal([refused], SendOrder.Misordered([refused, later]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_a_cut_only_an_unread_refusal_lets_a_later_message_overtake(bool mayBeRefused)
    {
        var (first, second) = (Send(connection: 1, mayBeRefused), Send(connection: 1, mayBeRefused));
        Again(first, connection: 2);
        Again(second, connection: 2);
        _ledger.NoteStored(first, 2);
        _ledger.NoteStored(second, 1);

        AssertMisordered(mayBeRefused ? null : first, first, second);
    }

    [Fact]
    public void A_message_acknowledged_before_another_was_first_sent_precedes_it()
    {
        var first = Send(connection: 1, mayBeRefused: true);
        _ledger.NoteStored(first, 3);
        var second = Send(connection: 2, mayBeRefused: true);
        _ledger.NoteRefused(second);
        Again(second, connection: 2, mayBeRefused: true);
        _ledger.NoteStored(second, 1);

        Assert.Equal([first], SendOrder.Misordered([first, second]));
    }

    [Fact]
    public void A_message_refused_before_a_kill_may_have_been_stored()
    {
        var (first, second) = (Send(connection: 1, mayBeRefused: true), Send(connection: 1, mayBeRefused: true));
        _ledger.NoteRefused(first);
        _ledger.NoteRefused(second);
        Again(first, connection: 2, mayBeRefused: true);
        Again(second, connection: 2, mayBeRefused: true);

        _ledger.NoteStored(first, 9);
        _ledger.NoteStored(second, 8); // under the id of its first sending

        Assert.Empty(SendOrder.Misordered([first, second]));
    }

    [Fact]
    public void What_a_writer_refused_that_was_lost_is_not_stored()
    {
        var lost = new CurrentLife(1) { MayRefuseWrites = true };
        var (first, second) = (Send(lost), Send(lost));
        _ledger.NoteRefused(first);
        _ledger.NoteRefused(second);
        _ledger.NoteAttempt(first, connection: 2, lost);
        _ledger.NoteAttempt(second, connection: 2, lost);
        _ledger.NoteStored(first, 9);
        _ledger.NoteStored(second, 8);

        AssertMisordered(first, first, second);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_not_answered_may_have_been_refused_by_a_fault_that_began_since(bool hasBegun)
    {
        var calm = new CurrentLife(1);
        var (first, second) = (Send(calm), Send(calm));
        _ledger.NoteAttempt(first, connection: 2, hasBegun ? calm with { Phase = 1 } : calm);
        _ledger.NoteStored(first, 9);
        _ledger.NoteAttempt(second, connection: 2, hasBegun ? calm with { Phase = 1 } : calm);
        _ledger.NoteStored(second, 8);

        AssertMisordered(hasBegun ? null : first, first, second);
    }

    private static void AssertMisordered(SentMessage? expected, params SentMessage[] sent) =>
        Assert.Equal(expected is null ? [] : [expected], SendOrder.Misordered(sent));

    private SentMessage Send(int connection, bool mayBeRefused = false) =>
        Again(_ledger.Add("ada", "bob"), connection, mayBeRefused);

    private SentMessage Send(CurrentLife life)
    {
        var message = _ledger.Add("ada", "bob");
        _ledger.NoteAttempt(message, connection: 1, life);
        return message;
    }

    private SentMessage Again(SentMessage message, int connection, bool mayBeRefused = false)
    {
        _ledger.NoteAttempt(
            message, connection, new CurrentLife(1) { MayRefuseWrites = mayBeRefused, MayStoreRefused = mayBeRefused });
        return message;
    }
}
