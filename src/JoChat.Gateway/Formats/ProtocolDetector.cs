using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Gateway;

internal enum DetectedProtocol { Undecided, Json, Binary, Bare, Tls, Http, Unknown }

internal static class ProtocolDetector
{
    public static DetectedProtocol Detect(in ReadOnlySequence<byte> start)
    {
        if (start.IsEmpty) { return DetectedProtocol.Undecided; }
        return start.FirstSpan[0] switch
        {
            0 => DetectFrame(start),
            >= 1 and <= 11 => DetectedProtocol.Bare,
            0x16 => DetectedProtocol.Tls,
            >= (byte)'A' and <= (byte)'Z' => DetectedProtocol.Http,
            _ => DetectedProtocol.Unknown,
        };
    }

    private static DetectedProtocol DetectFrame(in ReadOnlySequence<byte> start)
    {
        if (start.Length < FrameReader.HeaderSize) { return DetectedProtocol.Undecided; }
        Span<byte> bytes = stackalloc byte[FrameReader.HeaderSize + 1];
        var known = start.Slice(0, Math.Min(start.Length, bytes.Length));
        known.CopyTo(bytes);
        if (bytes is [0, 0, 0, 0, ..]) { return DetectedProtocol.Json; }
        if (known.Length < bytes.Length) { return DetectedProtocol.Undecided; }
        return bytes[^1] == '{' ? DetectedProtocol.Json : DetectedProtocol.Binary;
    }
}
