using System.Collections.Immutable;

namespace JoChat.Protocol;

/// <summary><c>presence</c>: who of these people is online? With <see cref="Features.Presence"/> the connection is told
/// of every change from then on, until it asks again.</summary>
/// <param name="Of">Usernames, at most <see cref="Limits.MaxPresenceNames"/>. One that does not exist is answered like
/// one who is offline.</param>
public sealed record AskPresence(ImmutableArray<string> Of) : Request
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.AskPresence;
}

/// <summary>Who of them is online.</summary>
/// <param name="Online">Their usernames, as signed up.</param>
public sealed record PresenceOf(ImmutableArray<string> Online) : Response
{
    /// <inheritdoc/>
    public override Operation Operation => Operation.AskPresence;
}

internal sealed class AskPresenceCodec() : OperationCodec<AskPresence, PresenceOf>(
    Operation.AskPresence, "presence",
    new FieldTable<AskPresence, ImmutableArray<string>?>(request => request.Of, of => new(of ?? []))
        .Add("of", (ref of) => ref of, new Texts(Limits.MaxPresenceNames)),
    new FieldTable<PresenceOf, ImmutableArray<string>?>(
        response => response.Online, online => online is { } names ? new(names) : null)
        .Add("online", (ref online) => ref online, new Texts(ushort.MaxValue)));
