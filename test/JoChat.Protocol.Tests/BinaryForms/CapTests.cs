using System.Buffers;
using System.Collections.Immutable;

namespace JoChat.Protocol.Tests;

/// <summary>What does not fit into the binary form: capped by a server, never wrapped; not sent by a client.</summary>
public sealed class CapTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(65_535, 65_535)]
    [InlineData(65_536, 65_535)]
    [InlineData(70_000, 65_535)]
    [InlineData(long.MaxValue, 65_535)]
    public void A_count_of_unread_messages_is_capped(long count, long read)
    {
        Assert.Equal(new UnreadCounted(read), Binary.RoundTrip(new UnreadCounted(count)));
        Assert.Equal(new LoggedIn(read), Binary.RoundTrip(new LoggedIn(count)));
    }

    [Theory]
    [InlineData(4_294_967_294, 4_294_967_294)]
    [InlineData(4_294_967_295, 4_294_967_295)]
    [InlineData(4_294_967_296, 4_294_967_295)]
    [InlineData(long.MaxValue, 4_294_967_295)]
    [InlineData(-1, 0)]
    public void An_id_of_the_original_is_capped(long id, long read)
    {
        var listed = Assert.IsType<DeliveredListed>(Binary.RoundTrip(new DeliveredListed([new(id, "a", "b")])));
        var fetched = Assert.IsType<AwayFetched>(Binary.RoundTrip(new AwayFetched([new(id, "a", "b")])));
        var found = Assert.IsType<AccountsListed>(Binary.RoundTrip(new AccountsListed([new(id, "a")])));

        Assert.Equal(
            (read, read, read),
            (listed.Messages.Single().Id, fetched.Messages.Single().Id, found.Users.Single().Id));
    }

    [Fact]
    public void The_greatest_id_of_the_original_deletes_nothing()
    {
        var request = Binary.DecodeRequest(Hex.Read("09 00 03 fffffffe ffffffff 00000001"));

        Assert.Equal(new long[] { 4_294_967_294, 1 }, Assert.IsType<DeleteMessages>(request).Ids);
    }

    [Fact]
    public void Of_too_many_delivered_messages_the_newest_are_listed_in_their_order()
    {
        var listed = Assert.IsType<DeliveredListed>(Binary.RoundTrip(new DeliveredListed(Messages(1000))));

        Assert.Equal(Enumerable.Range(746, 255), listed.Messages.Select(message => (int)message.Id));
    }

    [Fact]
    public void Of_too_many_away_messages_the_oldest_are_handed_over()
    {
        var fetched = Assert.IsType<AwayFetched>(Binary.RoundTrip(new AwayFetched(Messages(65_600))));

        Assert.Equal(Enumerable.Range(1, 65_535), fetched.Messages.Select(message => (int)message.Id));
    }

    [Fact]
    public void Of_too_many_accounts_the_first_are_listed()
    {
        var accounts = Enumerable.Range(1, 1000).Select(id => new ListedAccount(id, $"a{id}")).ToImmutableArray();

        var listed = Assert.IsType<AccountsListed>(Binary.RoundTrip(new AccountsListed(accounts)));

        Assert.Equal(accounts.Take(255), listed.Users);
    }

    [Fact]
    public void Of_too_many_elements_of_an_added_list_those_that_fit_are_written()
    {
        var ids = Enumerable.Range(1, 70_000).Select(id => (long)id).ToImmutableArray();
        var names = Enumerable.Repeat("a", 70_000).ToImmutableArray();

        var receipt = new ReceiptArrived(ReceiptKind.Read, "bob", ids, DateTimeOffset.UnixEpoch);

        Assert.Equal(ids.Take(65_535), Assert.IsType<ReceiptArrived>(Binary.RoundTrip(receipt)).Ids);
        Assert.Equal(65_535, Assert.IsType<PresenceOf>(Binary.RoundTrip(new PresenceOf(names))).Online.Length);
    }

    [Fact]
    public void A_count_of_deleted_messages_is_capped() =>
        Assert.Equal(new MessagesDeleted(255), Binary.RoundTrip(new MessagesDeleted(300)));

    [Theory]
    [InlineData("x", 255, 255)]
    [InlineData("x", 256, 255)]
    [InlineData("é", 127, 127)]
    [InlineData("é", 128, 127)]
    [InlineData("日", 86, 85)]
    [InlineData("😀", 64, 63)] // the longest name there can be
    public void A_short_text_is_cut_at_a_character_boundary(string character, int count, int kept)
    {
        var sender = string.Concat(Enumerable.Repeat(character, count));

        var listed = Assert.IsType<DeliveredListed>(Binary.RoundTrip(new DeliveredListed([new(1, sender, "c")])));

        var expected = string.Concat(Enumerable.Repeat(character, kept));
        Assert.Equal(new InboxMessage(1, expected, "c"), listed.Messages.Single());
    }

    [Theory]
    [InlineData("x", 65_535, 65_535)]
    [InlineData("x", 65_536, 65_535)]
    [InlineData("日", 65_536, 21_845)]
    [InlineData("😀", 100_000, 16_383)]
    public void A_long_text_is_cut_at_a_character_boundary(string character, int count, int kept)
    {
        var content = string.Concat(Enumerable.Repeat(character, count));
        var message = new MessageArrived(1, "a", "b", content, DateTimeOffset.UnixEpoch, false);

        var cut = string.Concat(Enumerable.Repeat(character, kept));
        Assert.Equal(message with { Content = cut }, Binary.RoundTrip(message));
        Assert.Equal(GoldenMessages.All["logged out"].Binary, Binary.Encode(new LoggedOut()));
    }

    [Fact]
    public void The_words_of_a_refusal_are_cut()
    {
        var refused = new Refused(Operation.SignUp, ErrorCode.InvalidUsername, "Username must " + new string('x', 300));

        var decoded = Assert.IsType<Refused>(Binary.RoundTrip(refused));

        Assert.Equal(refused with { Text = refused.Text[..255] }, decoded);
    }

    [Fact]
    public void A_lone_surrogate_in_a_text_is_written_as_the_replacement_character() => Assert.Equal(
        new TypingArrived("a\uFFFDb\uFFFD", true), Binary.RoundTrip(new TypingArrived("a\uD800b\uDC00", true)));

    [Fact]
    public void A_time_before_1970_is_1970()
    {
        var message = new MessageArrived(1, "a", "b", "c", DateTimeOffset.MinValue, false);

        Assert.Equal(message with { SentAt = DateTimeOffset.UnixEpoch }, Binary.RoundTrip(message));
    }

    public static TheoryData<string, Request> TooMuch => new()
    {
        { "a username of 256 bytes", new SignUp(new string('x', 256), new Secret("x")) },
        { "a password of 256 bytes", new SignUp("x", new Secret(new string('x', 256))) },
        { "a password of 65,536 bytes at login", new LogIn("x", new Secret(new string('x', 65_536))) },
        { "a recipient of 256 bytes", new SendMessage("a", new string('x', 256), "c") },
        { "a content of 65,536 bytes", new SendMessage("a", "b", new string('x', 65_536)) },
        { "the same with a client_id", new SendMessage("a", "b", new string('x', 65_536), "id") },
        { "a pattern of 256 bytes", new ListAccounts(new string('x', 256), 0, 10) },
        { "a start that is none", new ListAccounts("x", null, 10) },
        { "a negative count", new ListAccounts("x", 0, -1) },
        { "a negative limit", new FetchAway(-1) },
        { "256 ids", new DeleteMessages([.. Enumerable.Range(1, 256).Select(id => (long)id)]) },
        { "an id of 33 bits", new DeleteMessages([4_294_967_296]) },
        { "the id that stands for such", new DeleteMessages([4_294_967_295]) },
        { "a negative id", new DeleteMessages([-1]) },
        { "a negative id in an ack", new Acknowledge([-1]) },
        { "65,536 acks", new Acknowledge([.. Enumerable.Range(1, 65_536).Select(id => (long)id)]) },
        { "a page before nothing", new ReadHistory("bob", 0, 5) },
        { "a page before a negative id", new ListConversations(-5, 5) },
        { "a page of less than nothing", new ReadHistory("bob", null, -1) },
        { "a mark below every id", new MarkRead("bob", 0) },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void A_client_does_not_send_what_would_say_something_else(string what, Request request)
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.Throws<ArgumentException>(() => BinaryCodec.WriteRequest(request, output));

        Assert.True(output.WrittenCount == 0, what);
        Assert.Equal(GoldenRequests.All["logout"].Binary, Binary.Encode(new LogOut()));
    }

    [Fact]
    public void A_client_may_ask_for_more_than_it_can_be_given()
    {
        Assert.Equal(new FetchAway(255), Binary.DecodeRequest(Binary.Encode(new FetchAway(1000))));
        Assert.Equal(
            new ListAccounts("x", uint.MaxValue, 255),
            Binary.DecodeRequest(Binary.Encode(new ListAccounts("x", long.MaxValue, 1000))));
        Assert.Equal(
            new ReadHistory("bob", null, 65_535),
            Binary.DecodeRequest(Binary.Encode(new ReadHistory("bob", null, int.MaxValue))));
    }

    private static ImmutableArray<InboxMessage> Messages(int count) =>
        [.. Enumerable.Range(1, count).Select(id => new InboxMessage(id, "a", "b"))];
}
