namespace JoChat.Protocol;

/// <summary><c>block</c>: what this account sends me from now on is to be kept from me. It is not told of it.</summary>
/// <param name="Username">Who; null or empty is refused.</param>
public sealed record Block(string? Username) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Block;
}

/// <summary>The account is blocked, or was already.</summary>
public sealed record Blocked : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Block;
}

/// <summary><c>unblock</c>: what this account sends me from now on is to reach me again. What it sent while it was
/// blocked stays away.</summary>
/// <param name="Username">Who; null or empty is refused. A name that does not exist is answered like one that was not
/// blocked.</param>
public sealed record Unblock(string? Username) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Unblock;
}

/// <summary>The account is not blocked, or was not.</summary>
public sealed record Unblocked : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Unblock;
}

internal sealed class BlockCodec() : OperationCodec<Block, Blocked>(
    Operation.Block, "block",
    new FieldTable<Block, string?>(request => request.Username, username => new(username))
        .Add("username", (ref username) => ref username, new Text(2)),
    new EmptyFields<Blocked>("Blocked."));

internal sealed class UnblockCodec() : OperationCodec<Unblock, Unblocked>(
    Operation.Unblock, "unblock",
    new FieldTable<Unblock, string?>(request => request.Username, username => new(username))
        .Add("username", (ref username) => ref username, new Text(2)),
    new EmptyFields<Unblocked>("Unblocked."));
