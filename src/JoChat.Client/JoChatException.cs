using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>What a <see cref="JoChatClient"/> throws when a request was not done; each leaf is one reason.</summary>
public abstract class JoChatException : Exception
{
    private protected JoChatException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>The server answered that it did not do the request. The connection stays usable.</summary>
public sealed class RefusedException : JoChatException
{
    internal RefusedException(ErrorCode code, string text)
        : base(text) => Code = code;

    /// <summary>Why, for programs; <see cref="Exception.Message"/> says it for people, in the server's words.</summary>
    public ErrorCode Code { get; }
}

/// <summary>No connection could be made: unknown host, nothing listens, or no answer in time.</summary>
public sealed class ServerUnreachableException : JoChatException
{
    internal ServerUnreachableException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

/// <summary>The connection ended before the answer came. Whether the request was done is unknown.</summary>
public sealed class ConnectionLostException : JoChatException
{
    internal ConnectionLostException(string message)
        : base(message)
    {
    }
}

/// <summary>No answer came within <see cref="JoChatClientOptions.RequestTimeout"/>. Whether the request was done is
/// unknown; the connection stays usable, a late answer is dropped.</summary>
public sealed class RequestTimeoutException : JoChatException
{
    internal RequestTimeoutException(Operation operation, TimeSpan timeout)
        : base(FormattableString.Invariant($"The server did not answer {operation} within {timeout.TotalSeconds} s."))
    {
    }
}
