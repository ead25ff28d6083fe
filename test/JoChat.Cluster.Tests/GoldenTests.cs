using System.Text;
using JoChat.Actors;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Cluster.Tests;

/// <summary>The bytes do not change unnoticed: the other end may be of another build.</summary>
public sealed class GoldenTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
    private static readonly Account Alice = new(new AccountId(3), "Alice", "hash");

    private static readonly Dictionary<string, (object Message, string Bytes)> All = new()
    {
        ["a send"] = (
            new StoreMessage(1, new(300), "Alice", "BOB", "hé", "c1"),
            "01 01 07 01 AC02 05416C696365 03424F42 0368C3A9 01026331"),
        ["a send without client id"] = (
            new StoreMessage(1, new(300), "Alice", "BOB", "hi"),
            "01 01 07 01 AC02 05416C696365 03424F42 026869 00"),
        ["a delivery"] = (
            new ConfirmDelivery(new(3), "Alice", new(9), new(4), [new(new(8), new(5))]),
            "01 02 07 03 05416C696365 09 04 01 0805"),
        ["a read"] = (
            new ReadUndelivered(new(3), new(128), 256, 65_536),
            "01 03 07 03 8001 8002 808004"),
        ["a login"] = (
            new BeginSession(2, Alice, BetterHash: null)
            {
                Takeover = true,
                Token = new(new("selector", string.Concat(Enumerable.Repeat("0F", 32))), TimeSpan.FromDays(1)),
                Client = new("cli", ClientAddress.OfVersion4(0x7F000001)),
                Features = Features.Push | Features.Ack,
            },
            "01 12 07 02 0305416C6963650468617368 00 01 01 0873656C6563746F72 0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F"
            + "0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F 80B89929 0103636C69 00818080F807 03"),
        ["an account of any address"] = (
            new FindAccount(-1, "BOB"),
            "01 11 07 FFFFFFFFFFFFFFFFFF01 03424F42 0000"),
        ["an answer to a send"] = (
            new Answered(1, new MessageStored(new(9, Time))),
            "01 81 07 01 00 140101 0000000000000009 0000018BCFE5687B"),
        ["a live message"] = (
            new LiveMessage(new MessageArrived(9, "Alice", "Bob", "hé", Time, Away: false), new AccountId(3)),
            "01 82 07 03 00 2002 0000000000000009 0005416C696365 0003426F62 000368C3A9 0000018BCFE5687B 00"),
        ["a receipt"] = (
            new DeliverEvent(new ReceiptArrived(ReceiptKind.Read, "Bob", [9], Time)),
            "01 83 07 00 2102 02 0003426F62 0001 0000000000000009 0000018BCFE5687B"),
        ["a page"] = (
            new UndeliveredRead(new(8), [new(new(9), new(3), "Alice", "hi", Time)], IsLast: false),
            "01 85 07 08 01 09 03 05416C696365 026869 FBD095FFBC31 00"),
        ["a used token"] = (
            new TokenUsed(4, new(new(6), Alice, "selector", Time, IsReplaced: false), new Secret("next")),
            "01 89 07 04 06 0305416C6963650468617368 0873656C6563746F72 FBD095FFBC31 00 01046E657874"),
        ["a login that is bound"] = (
            new SessionBegun(2, Alice, new(8), 3) { Kept = new(6), ProvenAt = Time, Since = Time.AddMilliseconds(1) },
            "01 88 07 02 0305416C6963650468617368 08 03 0106 FBD095FFBC31 FCD095FFBC31"),
        ["a login that is to be bound again"] = (
            new RebindSession(-1, new(new(3), "Alice", new(8), Kept: null)
            {
                PasswordMark = 300,
                ProvenAt = Time,
                Since = Time.AddMilliseconds(1),
            }, Features.Push, new(9)),
            "01 23 07 FFFFFFFFFFFFFFFFFF01 03 05416C696365 08 00 AC02 FBD095FFBC31 FCD095FFBC31 01 0109"),
        ["a watch"] = (
            new WatchAgain(-3, new(3), ["BOB"], OnlyContacts: true),
            "01 24 07 FDFFFFFFFFFFFFFFFF01 03 01 03424F42 01"),
        ["a session that is bound again"] = (
            new SessionRebound(-1, new(9)),
            "01 8C 07 FFFFFFFFFFFFFFFFFF01 0109"),
        ["a session that has lost its account"] = (
            new RebindRefused(-1, SessionCloseReason.TakenOver),
            "01 8D 07 FFFFFFFFFFFFFFFFFF01 01"),
        ["an end"] = (
            new SessionEnded(SessionCloseReason.TakenOver),
            "01 8A 07 01"),
        ["a count"] = (
            new Answered(1, new UnreadCounted(70_000)),
            "01 81 07 01 01" + Json(
                "{'msg_type':'count_unread','data':{'status':'ok','msg':'Count of away messages.',"
                + "'unread_count':70000}}")),
        ["a refusal"] = (
            new AnsweredFor(1, new(3), Refusals.NoSuchRecipient),
            "01 84 07 01 03 01" + Json("{'msg_type':'send_message','data':{'status':'error',"
                + "'msg':'Recipient does not exist.','code':'no_such_recipient'}}")),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_commonest_messages_are_these_bytes(string name)
    {
        var (message, bytes) = All[name];

        Assert.Equal(
            bytes.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(LinkMessages.Encode(message)));
    }

    [Fact]
    public void Kinds_never_change()
    {
        const string Kinds = """
            1 StoreMessage
            2 ConfirmDelivery
            3 ReadUndelivered
            4 CountUndelivered
            5 FetchUndelivered
            6 ListAndDeliver
            7 MarkInboxDelivered
            8 DiscardMessages
            9 DeleteAllFrom
            10 MarkConversationRead
            11 RelayTyping
            12 FindPresent
            13 FindPresentContacts
            14 BlockAccount
            15 UnblockAccount
            16 CreateAccount
            17 FindAccount
            18 BeginSession
            19 UseToken
            20 ResumeSession
            21 EndSession
            22 FindLogins
            23 EndLogin
            24 ReplacePassword
            25 RemoveAccount
            26 ChangeFeatures
            27 ResetStore
            28 FindAccounts
            29 FindContacts
            30 FindConversations
            31 FindHistory
            32 FindBlocked
            33 FindInbox
            34 SessionGone
            35 RebindSession
            36 WatchAgain
            129 Answered
            130 LiveMessage
            131 DeliverEvent
            132 AnsweredFor
            133 UndeliveredRead
            134 StoreFailed
            135 AccountFound
            136 SessionBegun
            137 TokenUsed
            138 SessionEnded
            139 Behind
            140 SessionRebound
            141 RebindRefused
            """;
        var forms = LinkEncoding.Commands.Forms.Concat(LinkEncoding.Replies.Forms).OrderBy(form => form.Kind);

        Assert.Equal(Kinds, string.Join(Environment.NewLine, forms.Select(form => $"{form.Kind} {form.Type.Name}")));
    }

    private static string Json(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text.Replace('\'', '"')));
}
