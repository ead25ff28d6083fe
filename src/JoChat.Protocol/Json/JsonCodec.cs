using System.Buffers;

namespace JoChat.Protocol;

/// <summary>The JSON encoding, as docs/protocol.md specifies it. Decoding never throws, whatever the bytes.</summary>
public static class JsonCodec
{
    /// <summary>Decodes the body of a client's frame.</summary>
    /// <param name="body">The body as <see cref="FrameReader"/> gives it; may be empty. It is not needed afterwards.
    /// </param>
    /// <returns>The request, or an <see cref="UnreadableRequest"/> that says what is wrong, with the operation, its
    /// name and the id as far as they could be read.</returns>
    public static Request DecodeRequest(ReadOnlySequence<byte> body) =>
        Contiguous.Decode(body, static bytes => new RequestDecoder(bytes).Decode());

    /// <summary>Decodes the body of a server's frame. Members that this version does not know are ignored.</summary>
    /// <param name="body">The body as <see cref="FrameReader"/> gives it; may be empty. It is not needed afterwards.
    /// </param>
    /// <returns>The response or event; null if it is malformed or none that this version knows.</returns>
    public static ServerMessage? DecodeMessage(ReadOnlySequence<byte> body) =>
        Contiguous.Decode(body, static bytes => new MessageDecoder(bytes).Decode());

    /// <summary>Writes a request as one frame.</summary>
    /// <param name="request">The request. Members that are null are left out.</param>
    /// <param name="output">Where the frame goes.</param>
    /// <exception cref="ArgumentException">It is an <see cref="UnreadableRequest"/>, which has no form.</exception>
    public static void WriteRequest(Request request, IBufferWriter<byte> output)
    {
        if (request is UnreadableRequest || Codecs.Of(request.Operation) is not { } codec)
        {
            throw new ArgumentException("An unreadable request cannot be written.", nameof(request));
        }
        var json = JsonOutput.Start();
        Begin(json, codec.MessageType);
        codec.WriteRequest(request, json);
        End(json, request.Id).EndFrame(output);
    }

    /// <summary>Writes a response or event as one frame. Lone surrogates in its texts become U+FFFD.</summary>
    /// <param name="message">The message.</param>
    /// <param name="output">Where the frame goes.</param>
    /// <exception cref="ArgumentException">The message is of a class that the protocol does not have.</exception>
    public static void WriteMessage(ServerMessage message, IBufferWriter<byte> output) =>
        Write(message).EndFrame(output);

    /// <summary>Writes what <see cref="WriteMessage"/> does without the length before it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="output">Where the body goes.</param>
    /// <exception cref="ArgumentException">The message is of a class that the protocol does not have.</exception>
    public static void WriteMessageBody(ServerMessage message, IBufferWriter<byte> output) =>
        Write(message).EndBody(output);

    private static JsonOutput Write(ServerMessage message)
    {
        var json = JsonOutput.Start();
        switch (message)
        {
            case Refused refused:
                WriteRefusal(refused, json);
                break;
            case Response response when Codecs.Of(response.Operation) is { } codec:
                Begin(json, codec.MessageType);
                json.Member("status"u8, "ok");
                codec.WriteResponse(response, json);
                break;
            case ServerEvent serverEvent:
                var eventCodec = Codecs.Of(serverEvent);
                Begin(json, eventCodec.MessageType);
                eventCodec.Write(serverEvent, json);
                break;
            default:
                throw new ArgumentException($"No codec knows {message.GetType().Name}.", nameof(message));
        }
        return End(json, (message as Response)?.Id);
    }

    private static void WriteRefusal(Refused refused, JsonOutput json)
    {
        json.BeginObject();
        json.Name("msg_type"u8);
        if (Codecs.Of(refused.Operation) is { } codec) { json.Plain(codec.MessageType); }
        else { json.Value(refused.MessageType ?? "error"); }
        json.Name("data"u8);
        json.BeginObject();
        json.Member("status"u8, "error");
        json.Member("msg"u8, refused.Text);
        json.Member("code"u8, WireNames<ErrorCode>.Of(refused.Code));
        json.Member("since"u8, refused.Since?.ToUnixTimeMilliseconds());
        json.Member("retry_after_ms"u8, (long?)refused.RetryAfter?.TotalMilliseconds);
    }

    private static void Begin(JsonOutput json, ReadOnlySpan<byte> messageType)
    {
        json.BeginObject();
        json.Name("msg_type"u8);
        json.Plain(messageType);
        json.Name("data"u8);
        json.BeginObject();
    }

    private static JsonOutput End(JsonOutput json, RequestId? id)
    {
        json.EndObject();
        if (id is { } known)
        {
            json.Name("id"u8);
            json.Raw(known.Json);
        }
        json.EndObject();
        return json;
    }
}
