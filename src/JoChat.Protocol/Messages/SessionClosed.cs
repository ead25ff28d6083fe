namespace JoChat.Protocol;

/// <summary>The event <c>session_closed</c>: the session ends, and the server closes the connection behind this event.
/// Every connection that said <c>hello</c> gets it.</summary>
/// <param name="Reason">Why.</param>
public sealed record SessionClosed(SessionCloseReason Reason) : ServerEvent;

/// <summary>Why a session ends.</summary>
public enum SessionCloseReason
{
    /// <summary>A reason this version does not know, from a newer server. A server never sends it.</summary>
    Other = 0,

    /// <summary><c>taken_over</c>: the account logged in or resumed on another connection.</summary>
    TakenOver = 1,

    /// <summary><c>account_deleted</c>: the account is deleted, or all are.</summary>
    AccountDeleted = 2,

    /// <summary><c>server_stopping</c>: the server stops; come again later.</summary>
    ServerStopping = 3,

    /// <summary><c>revoked</c>: its login was revoked, or the password is another; log in with
    /// the password.</summary>
    Revoked = 4,
}

internal sealed class SessionClosedCodec() : EventCodec<SessionClosed>(
    36, "session_closed",
    new FieldTable<SessionClosed, SessionCloseReason?>(
        message => message.Reason, reason => reason is { } known ? new(known) : null)
        .Add("reason", (ref reason) => ref reason, new Named<SessionCloseReason>(unknown: SessionCloseReason.Other)));
