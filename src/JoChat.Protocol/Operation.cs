namespace JoChat.Protocol;

/// <summary>What a client can ask for. The value is the <c>op</c> byte of the binary encoding; docs/protocol.md lists
/// the <c>msg_type</c> of each.</summary>
public enum Operation : byte
{
    /// <summary>A request whose type could not be read or is not known.</summary>
    Unknown = 0,

    /// <summary><c>signup</c>: make an account.</summary>
    SignUp = 1,

    /// <summary><c>login</c>: bind this connection to an account.</summary>
    LogIn = 2,

    /// <summary><c>logout</c>: unbind this connection from its account.</summary>
    LogOut = 3,

    /// <summary><c>count_unread</c>: how many messages were sent while I was away.</summary>
    CountUnread = 4,

    /// <summary><c>send_message</c>: store a message for someone.</summary>
    SendMessage = 5,

    /// <summary><c>send_messages_to_client</c>: every message of mine that was delivered and not deleted.</summary>
    ListDelivered = 6,

    /// <summary><c>fetch_away_msgs</c>: hand over the oldest messages sent while I was away.</summary>
    FetchAway = 7,

    /// <summary><c>list_accounts</c>: find people by name.</summary>
    ListAccounts = 8,

    /// <summary><c>delete_messages</c>: delete messages that I received.</summary>
    DeleteMessages = 9,

    /// <summary><c>delete_account</c>: delete my account and all its messages.</summary>
    DeleteAccount = 10,

    /// <summary><c>reset_db</c>: delete everything; refused unless the server allows it.</summary>
    ResetDatabase = 11,

    /// <summary><c>hello</c>: say who the client is and which features it wants.</summary>
    Hello = 16,

    /// <summary><c>resume</c>: log in with a token instead of a password.</summary>
    Resume = 17,

    /// <summary><c>ack</c>: acknowledge pushed messages; it has no response.</summary>
    Acknowledge = 18,

    /// <summary><c>ping</c>: ask for a sign of life.</summary>
    Ping = 19,

    // 20 and 21 are the longer forms of send_message and login in the binary encoding.

    /// <summary><c>change_password</c>: give my account another secret.</summary>
    ChangePassword = 22,

    /// <summary><c>conversations</c>: list the people I talked with.</summary>
    ListConversations = 23,

    /// <summary><c>history</c>: read what someone and I wrote to each other.</summary>
    ReadHistory = 24,

    /// <summary><c>mark_read</c>: say how far I have read someone's messages.</summary>
    MarkRead = 25,

    /// <summary><c>typing</c>: let someone see that I am writing to them.</summary>
    Typing = 26,

    /// <summary><c>presence</c>: ask who of some people is online, and be told when that changes.</summary>
    AskPresence = 27,

    /// <summary><c>inbox</c>: read what others sent me, whoever they are.</summary>
    ReadInbox = 28,

    /// <summary><c>mark_delivered</c>: say how far what others sent me has arrived.</summary>
    MarkDelivered = 29,

    // 30 is the longer form of resume in the binary encoding.

    /// <summary><c>sessions</c>: list my logins that a resume token keeps.</summary>
    ListLogins = 31,

    /// <summary><c>revoke</c>: end one of my logins.</summary>
    RevokeLogin = 32,

    /// <summary><c>block</c>: keep from me what someone sends, without their knowing.</summary>
    Block = 34,

    /// <summary><c>unblock</c>: let someone reach me again.</summary>
    Unblock = 35,

    /// <summary><c>blocked</c>: list whom I block.</summary>
    ListBlocked = 36,

    /// <summary><c>delete_from</c>: delete everything that someone sent me.</summary>
    DeleteFrom = 37,
}
