using System.Buffers;
using System.Buffers.Binary;

namespace JoChat.Protocol;

/// <summary>Tells from a connection's first bytes what it speaks. docs/protocol.md, "Detection", is the rule.</summary>
public static class ProtocolDetector
{
    /// <summary>The most bytes that are needed to decide.</summary>
    internal const int MaxBytes = 8;

    private const byte TlsHandshake = 0x16;

    // Each with the blank behind it. PRI is how HTTP/2 begins.
    private static readonly byte[][] HttpMethods =
    [
        .. new[] { "GET ", "POST ", "HEAD ", "PUT ", "OPTIONS ", "CONNECT ", "DELETE ", "PATCH ", "TRACE ", "PRI " }
            .Select(method => System.Text.Encoding.ASCII.GetBytes(method)),
    ];

    /// <summary>Tells what begins with these bytes; never throws and takes nothing.</summary>
    /// <param name="start">The first bytes received so far.</param>
    internal static WireProtocol Detect(ReadOnlySpan<byte> start) => start.IsEmpty
        ? WireProtocol.Undecided
        : start[0] switch
        {
            0 => DetectBody(start),
            <= OperationCodec.LastOriginalOp => WireProtocol.Bare,
            TlsHandshake => WireProtocol.Tls,
            _ => DetectHttp(start),
        };

    /// <summary>The same of bytes that may lie in pieces.</summary>
    /// <param name="start">The first bytes received so far.</param>
    public static WireProtocol Detect(in ReadOnlySequence<byte> start)
    {
        if (start.IsSingleSegment) { return Detect(start.FirstSpan); }
        Span<byte> copy = stackalloc byte[(int)Math.Min(start.Length, MaxBytes)];
        start.Slice(0, copy.Length).CopyTo(copy);
        return Detect(copy);
    }

    // A binary body has at least two bytes. So an empty body is taken for JSON, whose refusal people can read.
    private static WireProtocol DetectBody(ReadOnlySpan<byte> start)
    {
        if (start.Length < FrameReader.HeaderSize) { return WireProtocol.Undecided; }
        if (BinaryPrimitives.ReadUInt32BigEndian(start) == 0) { return WireProtocol.Json; }
        if (start.Length == FrameReader.HeaderSize) { return WireProtocol.Undecided; }
        return start[FrameReader.HeaderSize] == '{' ? WireProtocol.Json : WireProtocol.Binary;
    }

    private static WireProtocol DetectHttp(ReadOnlySpan<byte> start)
    {
        foreach (var method in HttpMethods)
        {
            if (start.StartsWith(method)) { return WireProtocol.Http; }
            if (method.AsSpan().StartsWith(start)) { return WireProtocol.Undecided; }
        }
        return WireProtocol.Unknown;
    }
}
