using System.Buffers;

namespace JoChat.Protocol;

/// <summary>Reads messages of the original's bare form from a byte stream: binary bodies of ops 1 to 11 without a
/// length before them, parsed field by field.</summary>
public static class BareReader
{
    /// <summary>No request is longer, in bytes: <c>send_message</c> with three full texts.</summary>
    internal const int MaxRequestBytes = 2 + (2 * (1 + byte.MaxValue)) + 2 + ushort.MaxValue;

    private const int FirstCopyBytes = 512;

    private delegate BareStatus Decoder<T>(ReadOnlySpan<byte> bytes, out int length, out T? message);

    /// <summary>Takes the request at the start of <paramref name="buffer"/>; never throws.</summary>
    /// <param name="buffer">The bytes received so far. If the status is Complete, it begins behind the request
    /// afterwards; else it is unchanged.</param>
    /// <param name="maxBytes">Longest request accepted, in bytes; none is longer than <see cref="MaxRequestBytes"/>.
    /// </param>
    /// <param name="request">If the status is Complete, the request, or an <see cref="UnreadableRequest"/> if one of
    /// its texts is no Unicode; if it is Malformed, an <see cref="UnreadableRequest"/> that says what is wrong; else
    /// null.</param>
    public static BareStatus Read(ref ReadOnlySequence<byte> buffer, int maxBytes, out Request? request)
    {
        var status = Read(ref buffer, Math.Min(maxBytes, MaxRequestBytes), DecodeRequest, out request);
        if (status is BareStatus.Malformed) { request ??= Refusals.FrameTooLong(maxBytes); }
        return status;
    }

    /// <summary>Takes the response at the start of <paramref name="buffer"/>; never throws. It is for clients.
    /// </summary>
    /// <param name="buffer">The bytes received so far. If the status is Complete, it begins behind the response
    /// afterwards; else it is unchanged.</param>
    /// <param name="maxBytes">Longest response accepted, in bytes.</param>
    /// <param name="response">The response if the status is Complete, else null.</param>
    public static BareStatus ReadResponse(
        ref ReadOnlySequence<byte> buffer, int maxBytes, out Response? response) =>
        Read(ref buffer, maxBytes, DecodeResponse, out response);

    // What lies in one piece is decoded where it is. What lies across a seam is copied, little first: behind the
    // message there may be a whole buffer of others.
    private static BareStatus Read<T>(
        ref ReadOnlySequence<byte> buffer, int maxBytes, Decoder<T> decode, out T? message)
        where T : class
    {
        var status = decode(Cut(buffer.FirstSpan, maxBytes), out var length, out message);
        var available = Math.Min(buffer.Length, maxBytes);
        var tried = Math.Min(buffer.FirstSpan.Length, available);
        for (var next = FirstCopyBytes; status is BareStatus.Incomplete && tried < available; next *= 8)
        {
            tried = Math.Min(Math.Max(next, tried), available);
            status = DecodeCopy(buffer.Slice(0, tried), decode, out length, out message);
        }
        if (status is BareStatus.Complete) { buffer = buffer.Slice(length); }
        return status is BareStatus.Incomplete && available == maxBytes ? BareStatus.Malformed : status;
    }

    private static BareStatus DecodeCopy<T>(
        in ReadOnlySequence<byte> bytes, Decoder<T> decode, out int length, out T? message)
    {
        var copy = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        try
        {
            bytes.CopyTo(copy);
            return decode(copy.AsSpan(0, (int)bytes.Length), out length, out message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static BareStatus DecodeRequest(ReadOnlySpan<byte> bytes, out int length, out Request? request)
    {
        (length, request) = (0, null);
        if (bytes.IsEmpty) { return BareStatus.Incomplete; }
        var input = new BinaryInput(bytes);
        var op = input.TakeByte();
        if (Codecs.FindOperation(op) is not { IsOriginal: true } codec)
        {
            request = Refusals.UnknownOp(op);
            return BareStatus.Malformed;
        }
        var kind = input.TakeByte();
        if (kind is not (byte)BodyKind.Request)
        {
            request = BinaryRequests.Malformed(codec, BinaryRequests.WrongKind(kind));
            return BareStatus.Malformed;
        }
        var whole = codec.ReadRequest(ref input);
        if (input.IsShort) { return BareStatus.Incomplete; }
        length = input.Position;
        request = input.Fault is { } fault ? BinaryRequests.Malformed(codec, fault) : whole;
        return BareStatus.Complete;
    }

    private static BareStatus DecodeResponse(ReadOnlySpan<byte> bytes, out int length, out Response? response)
    {
        (length, response) = (0, null);
        if (bytes.IsEmpty) { return BareStatus.Incomplete; }
        var input = new BinaryInput(bytes);
        var op = input.TakeByte();
        var isKnown = op == BinaryMessages.FailureOp || Codecs.FindOperation(op) is { IsOriginal: true };
        var kind = (BodyKind)input.TakeByte();
        if (!isKnown || (kind is not BodyKind.Response && !input.IsShort)) { return BareStatus.Malformed; }

        var whole = BinaryMessages.ReadResponse(op, ref input);
        if (input.Fault is not null) { return BareStatus.Malformed; }
        if (input.IsShort) { return BareStatus.Incomplete; }
        (length, response) = (input.Position, whole);
        return BareStatus.Complete;
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> bytes, int max) =>
        bytes.Length > max ? bytes[..max] : bytes;
}
