namespace JoChat.Client;

/// <summary>Why a connection has ended.</summary>
/// <param name="Why">A sentence for people.</param>
/// <param name="Kind">What it says of the server.</param>
internal sealed record ConnectionEnd(string Why, ConnectionEndKind Kind = ConnectionEndKind.Lost)
{
    /// <summary>What requests fail with.</summary>
    public JoChatException ToException() => Kind is ConnectionEndKind.Lost
        ? new ConnectionLostException(Why)
        : new ServerUnreachableException(Why)
        {
            IsUnexplained = Kind is ConnectionEndKind.Mute,
            IsWrongService = Kind is ConnectionEndKind.WrongService,
        };
}

/// <summary>What the end of a connection says of the server.</summary>
internal enum ConnectionEndKind
{
    /// <summary>Nothing.</summary>
    Lost,

    /// <summary>It was asked and has sent nothing at all, so it may be anything.</summary>
    Mute,

    /// <summary>It is no JoChat server.</summary>
    WrongService,
}
