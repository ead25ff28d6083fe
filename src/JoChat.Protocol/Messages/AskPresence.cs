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

internal sealed class AskPresenceCodec()
    : OperationCodec<AskPresence, PresenceOf>(Operation.AskPresence, "presence")
{
    public override AskPresence ReadRequest(ref JsonInput data)
    {
        ImmutableArray<string> of = [];
        while (data.NextMember())
        {
            if (data.Is("of"u8)) { of = JsonLists.TakeTexts(ref data); }
        }
        return new AskPresence(of);
    }

    public override PresenceOf? ReadResponse(ref JsonInput data)
    {
        ImmutableArray<string>? online = null;
        while (data.NextMember())
        {
            if (data.Is("online"u8)) { online = JsonLists.TakeTexts(ref data); }
        }
        return online is { } names ? new PresenceOf(names) : null;
    }

    protected override void Write(AskPresence request, JsonOutput data) => JsonLists.Write("of"u8, request.Of, data);

    protected override void Write(PresenceOf response, JsonOutput data) =>
        JsonLists.Write("online"u8, response.Online, data);

    public override AskPresence ReadRequest(ref BinaryInput input) => new(BinaryLists.TakeTexts(ref input));

    public override PresenceOf? ReadResponse(ref BinaryInput input) => new(BinaryLists.TakeTexts(ref input));

    protected override void Write(AskPresence request, BinaryOutput output) => BinaryLists.Write(request.Of, output);

    protected override void Write(PresenceOf response, BinaryOutput output) =>
        BinaryLists.Write(response.Online, output);
}
