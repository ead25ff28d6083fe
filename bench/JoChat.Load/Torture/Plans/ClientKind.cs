using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>How a client receives.</summary>
internal enum Receiving
{
    /// <summary>By push, acknowledged.</summary>
    PushAndAck,

    /// <summary>By push that counts as delivered once it is written.</summary>
    Push,

    /// <summary>By polling.</summary>
    Poll,
}

/// <summary>A client that is tortured.</summary>
/// <param name="Name">Its account.</param>
/// <param name="Receiving">How it receives.</param>
/// <param name="IsBinary">Whether it speaks framed binary, else framed JSON.</param>
internal sealed record ClientKind(string Name, Receiving Receiving, bool IsBinary)
{
    private static readonly Receiving[] Turns =
        [Receiving.PushAndAck, Receiving.PushAndAck, Receiving.Push, Receiving.Poll];

    public Features Features => Receiving switch
    {
        Receiving.PushAndAck => Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence,
        Receiving.Push => Features.Push,
        _ => Features.None,
    };

    /// <summary>The kinds in turn: of each eight, half acknowledge, and half speak binary.</summary>
    public static ClientKind[] Mixed(int count) =>
    [
        .. Enumerable.Range(0, count).Select(index => new ClientKind(
            FormattableString.Invariant($"t{index}"), Turns[index % Turns.Length],
            IsBinary: (index + index / Turns.Length) % 2 == 1)),
    ];
}
