namespace JoChat.Protocol;

/// <summary>A client's request, decoded but not judged: texts may be missing, names may be nonsense. The session
/// judges.</summary>
public abstract record Request
{
    /// <summary>What is asked for.</summary>
    public abstract Operation Operation { get; }

    /// <summary>The client's own id of this request, echoed in the response; null if it gave none.</summary>
    public RequestId? Id { get; init; }

    /// <summary>Whether it came in the longer of two binary forms (<c>send_message</c> as 20, <c>login</c> as 21). It
    /// is answered in the same, but that is no part of what it says: requests are equal without it.</summary>
    internal bool IsExtended { get; init; }

    /// <inheritdoc/>
    public virtual bool Equals(Request? other) =>
        other is not null && EqualityContract == other.EqualityContract && Id == other.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, Id);
}

/// <summary>A request's <c>id</c> as the client wrote it.</summary>
/// <param name="Json">The JSON token, a string with its quotes or a number, at most
/// <see cref="Limits.MaxRequestIdBytes"/> bytes.</param>
public readonly record struct RequestId(string Json);

/// <summary>A request that could not be decoded. It takes its place in the line like any other, so that its refusal
/// comes in order.</summary>
/// <param name="Operation">What was asked for, as far as it could be read.</param>
/// <param name="Code">Why it could not be decoded.</param>
/// <param name="Text">The same for people: what was expected, what came.</param>
public sealed record UnreadableRequest(Operation Operation, ErrorCode Code, string Text) : Request
{
    /// <inheritdoc/>
    public override Operation Operation { get; } = Operation;

    /// <summary>The unknown <c>msg_type</c>, cut to 64 characters; null if it is known or could not be read.</summary>
    public string? MessageType { get; init; }
}
