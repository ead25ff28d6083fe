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

    /// <summary><c>account_deleted</c>: the account is gone, or all are.</summary>
    AccountDeleted = 2,

    /// <summary><c>server_stopping</c>: the server stops; come again later.</summary>
    ServerStopping = 3,

    /// <summary><c>revoked</c>: whoever may has ended it; log in again.</summary>
    Revoked = 4,
}

internal sealed class SessionClosedCodec() : EventCodec<SessionClosed>(36, "session_closed")
{
    public override SessionClosed? Read(ref JsonInput data)
    {
        string? reason = null;
        while (data.NextMember())
        {
            if (data.Is("reason"u8)) { reason = data.TakeText(); }
        }
        return reason is null ? null : new SessionClosed(WireNames<SessionCloseReason>.Parse(reason) ?? default);
    }

    protected override void Write(SessionClosed message, JsonOutput data) =>
        data.Member("reason"u8, WireNames<SessionCloseReason>.Of(message.Reason));

    public override SessionClosed? Read(ref BinaryInput input)
    {
        var reason = (SessionCloseReason)input.TakeByte();
        return new SessionClosed(Enum.IsDefined(reason) ? reason : SessionCloseReason.Other);
    }

    protected override void Write(SessionClosed message, BinaryOutput output) => output.Byte((long)message.Reason);
}
