using JoChat.Protocol;

namespace JoChat.Cluster;

/// <summary>Responses and events, within a link message, as the last field: in one of the encodings that clients have,
/// behind a byte that says which.</summary>
/// <remarks>
/// <para>A response may be for a client that has JSON. Most binary forms can say all that JSON can, but not those of
/// the original protocol: their counts and ids are short, and of a refusal they have the text alone.</para>
/// <para>A body is read as a client reads it, which makes something of a state or a code that its version does not
/// know. Only nothing may be left over.</para>
/// </remarks>
internal static class ClientBodies
{
    private const byte Binary = 0, Json = 1;

    /// <summary>Adds a body.</summary>
    public static void AddBody(this ref LinkOutput to, ServerMessage message)
    {
        if (IsWholeInBinary(message)) { BinaryCodec.WriteMessageBody(message, to.AddByte(Binary).Flush()); }
        else { JsonCodec.WriteMessageBody(message, to.AddByte(Json).Flush()); }
    }

    /// <summary>Takes a body.</summary>
    public static T TakeBody<T>(this ref LinkInput from)
        where T : ServerMessage
    {
        var (encoding, rest) = (from.TakeByte(), 0);
        var message = encoding switch
        {
            Binary => BinaryMessages.Decode(from.TakeRest(), out rest),
            Json => new MessageDecoder(from.TakeRest()).Decode(),
            _ => throw from.Fault($"encoding {encoding} is not known"),
        };
        var isWhole = message is T && rest == 0 && IsWholeInBinary(message) == (encoding is Binary);
        return isWhole ? (T)message! : throw from.Fault($"a body is no {typeof(T).Name}");
    }

    private static bool IsWholeInBinary(ServerMessage message) => message switch
    {
        MessageStored or ServerEvent => true,
        Refused => false,
        Response response => (byte)response.Operation > OperationCodec.LastOriginalOp,
        _ => false,
    };
}
