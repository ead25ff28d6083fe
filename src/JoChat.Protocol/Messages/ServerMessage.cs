namespace JoChat.Protocol;

/// <summary>Anything a server sends: the response to a request, or an event nobody asked for.</summary>
public abstract record ServerMessage;

/// <summary>The one answer to one request. Responses on a connection come in the order of their requests.</summary>
public abstract record Response : ServerMessage
{
    /// <summary>The operation that is answered.</summary>
    public abstract Operation Operation { get; }

    /// <summary>The <see cref="Request.Id"/> of the request, if it had one.</summary>
    public RequestId? Id { get; init; }

    /// <summary>Whether it answers a <see cref="Request.IsExtended"/>; no part of what it says.</summary>
    internal bool IsExtended { get; init; }

    /// <summary>This response as the answer to that request: with its id, and in the form in which it was asked. Every
    /// response must go through here on its way out.</summary>
    public Response AsAnswerTo(Request request) => request.Id == Id && request.IsExtended == IsExtended
        ? this
        : this with { Id = request.Id, IsExtended = request.IsExtended };

    /// <inheritdoc/>
    public virtual bool Equals(Response? other) => base.Equals(other) && Id == other.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, Id);
}

/// <summary>Something the server tells by itself, only to a connection that asked for it with <see cref="Hello"/>.
/// </summary>
public abstract record ServerEvent : ServerMessage;

/// <summary>The request was not done.</summary>
/// <param name="Operation">The operation that is answered.</param>
/// <param name="Code">Why, for programs.</param>
/// <param name="Text">Why, for people.</param>
public sealed record Refused(Operation Operation, ErrorCode Code, string Text) : Response
{
    /// <inheritdoc/>
    public override Operation Operation { get; } = Operation;

    /// <summary>The <c>msg_type</c> to answer with if the operation is unknown; null means <c>error</c>.</summary>
    public string? MessageType { get; init; }

    /// <summary>Of a login that was refused because the account has a session: since when it has it; null if that was
    /// not told.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Of what was asked too often: after which time to ask again, in whole milliseconds; null if that was not
    /// told.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
