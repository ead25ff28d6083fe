using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>Asks for another resume token in the place of one, without a login. The gateway asks it for browsers, whose
/// scripts must not see tokens; it is not on the wire.</summary>
/// <param name="Token">The token.</param>
public sealed record RenewToken(Secret Token) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Resume;
}

/// <summary>The token for the next time; the one before is dead once it is used.</summary>
/// <param name="Token">The token.</param>
public sealed record TokenRenewed(Secret Token) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.Resume;
}
