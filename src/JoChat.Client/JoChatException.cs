using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>A <see cref="JoChatClient"/> could not do a request; each derived type is one reason.</summary>
public abstract class JoChatException : Exception
{
    private protected JoChatException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>The server refused the request, or cannot take such a request at all. The connection stays
/// usable.</summary>
public sealed class RefusedException : JoChatException
{
    internal RefusedException(
        ErrorCode code, string text, DateTimeOffset? since = null, TimeSpan? retryAfter = null)
        : base(text) => (Code, Since, RetryAfter) = (code, since, retryAfter);

    /// <summary>The reason for programs; <see cref="Exception.Message"/> is the server's text for people.</summary>
    public ErrorCode Code { get; }

    /// <summary>Of <see cref="ErrorCode.AlreadyLoggedIn"/>: since when the account has the session that is in the way;
    /// null if the server does not tell.</summary>
    public DateTimeOffset? Since { get; }

    /// <summary>Of <see cref="ErrorCode.RateLimited"/>: after which time to ask again; else null.</summary>
    public TimeSpan? RetryAfter { get; }
}

/// <summary>No JoChat server could be reached: unknown host, nothing listens, no answer in time, another service, or
/// with TLS a certificate that is not trusted.</summary>
public sealed class ServerUnreachableException : JoChatException
{
    internal ServerUnreachableException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>The server's certificate, if it is that which was not trusted; else null.</summary>
    public UntrustedCertificate? Certificate { get; internal init; }

    /// <summary>Whether the server has said nothing, so that it is worth finding out what it is.</summary>
    internal bool IsUnexplained { get; init; }

    /// <summary>Whether it has shown itself to be another service than the one that is wanted.</summary>
    internal bool IsWrongService { get; init; }
}

/// <summary>The connection ended before the answer came, or the client was disposed. Whether the request was done is
/// unknown.</summary>
public sealed class ConnectionLostException : JoChatException
{
    internal ConnectionLostException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>The session is over, and connecting again would not bring it back. Make another client.</summary>
public sealed class SessionEndedException : JoChatException
{
    internal SessionEndedException(SessionCloseReason reason, string message)
        : base(message) => Reason = reason;

    /// <summary>Why: <c>TakenOver</c>, <c>AccountDeleted</c>, or <c>Revoked</c> when the login was ended elsewhere or
    /// the server no longer takes the credentials.</summary>
    public SessionCloseReason Reason { get; }
}

/// <summary>No answer came within <see cref="JoChatClientOptions.RequestTimeout"/>. Whether the request was done is
/// unknown; the connection stays usable, a late answer is dropped.</summary>
public sealed class RequestTimeoutException : JoChatException
{
    internal RequestTimeoutException(TimeSpan timeout)
        : base(FormattableString.Invariant($"The server did not answer within {timeout.TotalSeconds} s."))
    {
    }
}
