namespace JoChat.Protocol;

/// <summary>Why a request was refused, for programs. On the wire it is the name in snake case (<c>username_taken</c>);
/// names are stable, the text beside them is for people.</summary>
public enum ErrorCode
{
    /// <summary>The body could not be read as a request: not JSON, not an object, a member missing or of a wrong type.
    /// </summary>
    MalformedRequest,

    /// <summary>The request's type is not one that this server knows.</summary>
    UnknownOperation,

    /// <summary>The announced length of a frame is over the limit; the connection is closed.</summary>
    FrameTooLong,

    /// <summary>A required member is missing or empty.</summary>
    InvalidData,

    /// <summary>The username breaks a rule; the text says which.</summary>
    InvalidUsername,

    /// <summary>The password breaks a rule; the text says which.</summary>
    InvalidPassword,

    /// <summary>The message's content is too long.</summary>
    InvalidContent,

    /// <summary>The message's <c>client_id</c> is empty or too long.</summary>
    InvalidClientId,

    /// <summary>The sender has used this <c>client_id</c> for another message.</summary>
    ClientIdReused,

    /// <summary>An account of that name exists.</summary>
    UsernameTaken,

    /// <summary>Unknown user or wrong password; which of the two is never told.</summary>
    BadCredentials,

    /// <summary>The resume token is unknown, expired or revoked; which of them is never told.</summary>
    InvalidToken,

    /// <summary>The account has a session, here or on another connection.</summary>
    AlreadyLoggedIn,

    /// <summary>This connection is logged in as somebody else.</summary>
    LoggedInAsAnother,

    /// <summary>The operation needs a login.</summary>
    NotLoggedIn,

    /// <summary>The sender named in the message is not the account of this connection.</summary>
    WrongSender,

    /// <summary>The person named, as the recipient of a message, has no account.</summary>
    NoSuchRecipient,

    /// <summary>The server's configuration does not allow the operation.</summary>
    NotAllowed,

    /// <summary>The server cannot do this, or not in the form in which it was asked.</summary>
    Unsupported,

    /// <summary>The server has too much of this work queued; try again later.</summary>
    Busy,

    /// <summary>The store failed; nothing of the request was done.</summary>
    StorageUnavailable,

    /// <summary>Too much of this was asked for by this account or from this address; the refusal tells when to ask
    /// again.</summary>
    RateLimited,

    /// <summary>The password must be given with the request, or have been given just before.</summary>
    PasswordRequired,

    /// <summary>The account has, or has stored, as much of this as it may.</summary>
    QuotaExceeded,

    /// <summary>Too many messages wait for the recipient.</summary>
    InboxFull,

    /// <summary>The server has too little disk space left to store more.</summary>
    StorageFull,

    /// <summary>The account has no such login, or not any more.</summary>
    NoSuchSession,

    /// <summary>A reason this version does not know, from a newer server, or none given; the text tells more. A server
    /// never sends it.</summary>
    Other,
}
