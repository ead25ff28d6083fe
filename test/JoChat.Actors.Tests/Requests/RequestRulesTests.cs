using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>What a request comes to, by itself.</summary>
public sealed class RequestRulesTests
{
    private const long Number = 5;
    private static readonly SessionLogin Ada = new(new AccountId(7), "Ada", new MessageId(10), Kept: null);
    private static readonly MessageId BehindAll = new(long.MaxValue);

    [Fact]
    public void Counts_are_capped_and_no_before_means_from_the_newest()
    {
        Assert.Equal(
            new FindConversations(Number, Ada.Id, "Ada", BehindAll, Limits.MaxListedConversations),
            Judge(new ListConversations(null, int.MaxValue)));
        Assert.Equal(
            new FindHistory(Number, Ada.Id, "Ada", "BOB", new MessageId(12), Limits.MaxHistoryMessages),
            Judge(new ReadHistory("Bob", 12, int.MaxValue)));
        Assert.Equal(
            new FindInbox(Number, Ada.Id, "Ada", new InboxPage(default, BehindAll, false, false, Limits.MaxInboxMessages)),
            Judge(new ReadInbox(null, null, int.MaxValue)));
        Assert.Equal(
            new FindInbox(Number, Ada.Id, "Ada", new InboxPage(new MessageId(3), new MessageId(12), true, true, 7)),
            Judge(new ReadInbox(3, 12, 7, UndeliveredOnly: true)));
        Assert.Equal(new CountUndelivered(Number, Ada.Id, new MessageId(10)), Judge(new CountUnread()));
        Assert.Equal(new MarkInboxDelivered(Number, Ada.Id, new MessageId(21)), Judge(new MarkDelivered(21)));
    }

    [Fact]
    public void Nonsense_is_refused_by_its_own_text()
    {
        Assert.Equal(Refusals.InvalidPage(Operation.ListConversations), Judge(new ListConversations(null, -1)));
        Assert.Equal(Refusals.InvalidPage(Operation.ReadHistory), Judge(new ReadHistory("bob", null, -1)));
        Assert.Equal(Refusals.NoUsername(Operation.ReadHistory), Judge(new ReadHistory(null, null)));
        Assert.Equal(Refusals.NoUsername(Operation.MarkRead), Judge(new MarkRead(string.Empty, 1)));
        Assert.Equal(ErrorCode.InvalidData, Assert.IsType<Refused>(Judge(new MarkRead("bob", null))).Code);
        Assert.Equal(Refusals.InvalidPage(Operation.ReadInbox), Judge(new ReadInbox(null, null, -1)));
        var refused = Assert.IsType<Refused>(Judge(new MarkDelivered(null)));
        Assert.Equal((Operation.MarkDelivered, ErrorCode.InvalidData), (refused.Operation, refused.Code));
        Assert.Equal(Refusals.NoUsername(Operation.Typing), Judge(new Typing(null)));
        Assert.Equal(
            Refusals.TooManyNames, Judge(new AskPresence([.. Enumerable.Repeat("bob", Limits.MaxPresenceNames + 1)])));
    }

    [Fact]
    public void A_name_that_cannot_exist_is_answered_like_one_that_does_not()
    {
        Assert.Empty(Assert.IsType<History>(Judge(new ReadHistory("no name", null))).Messages);
        Assert.Equal(new MarkedRead(), Judge(new MarkRead("no name", 1)));
        Assert.Equal(new TypingNoted(), Judge(new Typing("no name")));
        var presence = Assert.IsType<FindPresent>(Judge(new AskPresence(["no name", "bob", "BOB"])));
        Assert.Equal("BOB", Assert.Single(presence.NameKeys));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(Limits.MaxClientIdBytes / 2, true)]
    [InlineData(0, false)]
    [InlineData((Limits.MaxClientIdBytes / 2) + 1, false)]
    public void A_client_id_has_1_to_64_bytes(int length, bool isValid)
    {
        var id = new string('é', length);
        object expected = isValid
            ? new StoreMessage(Number, Ada.Id, "Ada", "BOB", "hi", id) : Refusals.InvalidClientId;

        Assert.Equal(expected, Judge(new SendMessage("ada", "bob", "hi", id)));
    }

    [Fact]
    public void A_password_is_there_and_has_no_more_than_1024_bytes()
    {
        var (password, none) = (new Secret("x"), new Secret(string.Empty));
        var (longest, tooLong) = (PasswordOf(Limits.MaxPasswordBytes), PasswordOf(Limits.MaxPasswordBytes + 1));

        Assert.Null(RequestRules.JudgePasswordChange(new ChangePassword(password, longest)));
        Assert.Equal(
            Refusals.InvalidPassword(Operation.ChangePassword),
            RequestRules.JudgePasswordChange(new ChangePassword(password, tooLong)));
        Assert.Equal(
            Refusals.InvalidPasswordChange, RequestRules.JudgePasswordChange(new ChangePassword(null, password)));
        Assert.Equal(
            Refusals.InvalidPasswordChange, RequestRules.JudgePasswordChange(new ChangePassword(password, none)));
        Assert.Null(RequestRules.JudgeSignUp(new SignUp("bob", longest), out _));
        Assert.Equal(
            Refusals.InvalidPassword(Operation.SignUp), RequestRules.JudgeSignUp(new SignUp("bob", tooLong), out _));
        Assert.Equal(Refusals.InvalidSignUp, RequestRules.JudgeSignUp(new SignUp("bob", none), out _));
    }

    [Theory]
    [InlineData("\uFFFD")]
    [InlineData("a\uFFFDb")]
    public void What_lost_text_stands_in_is_no_new_name_and_no_new_password(string damaged)
    {
        var (password, secret) = (new Secret("x"), new Secret(damaged));

        Assert.Equal(
            Refusals.InvalidUsername("Username must not contain the character U+FFFD."),
            RequestRules.JudgeSignUp(new SignUp(damaged, password), out _));
        Assert.Equal(
            Refusals.DamagedPassword(Operation.SignUp), RequestRules.JudgeSignUp(new SignUp("bob", secret), out _));
        Assert.Equal(
            Refusals.DamagedPassword(Operation.ChangePassword),
            RequestRules.JudgePasswordChange(new ChangePassword(secret, secret)));
    }

    [Theory]
    [InlineData("adа", "Username must be in one script, not in a mixture.")] // the last letter is Cyrillic
    [InlineData("r00t", "Username must not look like a reserved one.")]
    [InlineData("/quit", "Username must not begin with /, @ or #.")]
    public void A_new_name_that_deceives_is_refused_and_an_old_one_logs_in(string name, string fault)
    {
        var password = new Secret("x");

        Assert.Equal(Refusals.InvalidUsername(fault), RequestRules.JudgeSignUp(new SignUp(name, password), out _));
        Assert.Null(RequestRules.JudgeLogIn(new LogIn(name, password)));
    }

    [Fact]
    public void An_account_that_has_it_from_before_goes_on()
    {
        Assert.Null(RequestRules.JudgeLogIn(new LogIn("\uFFFD", new Secret("\uFFFD"))));
        Assert.Null(RequestRules.JudgePasswordChange(new ChangePassword(new Secret("\uFFFD"), new Secret("x"))));
        Assert.Equal(
            new StoreMessage(Number, Ada.Id, "Ada", "\uFFFD", "hi"), Judge(new SendMessage("ada", "\uFFFD", "hi")));
    }

    [Theory]
    [InlineData(Features.None, true)]
    [InlineData(Features.Push, false)]
    [InlineData(Features.Side, false)]
    public void Listing_delivers_to_the_account_s_own_session_if_nothing_is_pushed(Features features, bool delivers) =>
        Assert.Equal(
            new ListAndDeliver(Number, Ada.Id, Ada.LiveAfter, delivers),
            RequestRules.Judge(new ListDelivered(), Number, Ada, features, new SessionOptions()));

    [Fact]
    public void A_guest_is_refused_but_may_ping()
    {
        foreach (Request request in new Request[]
            { new ListConversations(null), new ChangePassword(new Secret("x"), new Secret("x")), new Typing("bob") })
        {
            Assert.Equal(Refusals.NotLoggedIn(request.Operation), JudgeGuests(request));
        }
        Assert.Equal(new Pong(), JudgeGuests(new Ping()));
    }

    private static Secret PasswordOf(int bytes) => new(new string('x', bytes));

    private static object Judge(Request request) =>
        RequestRules.Judge(request, Number, Ada, Features.None, new SessionOptions());

    private static object JudgeGuests(Request request) =>
        RequestRules.JudgeGuests(request, Number, new SessionOptions());
}
