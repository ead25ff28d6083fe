using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>A length before each body.</summary>
internal abstract class FramedFormat(SpokenProtocols setting) : WireFormat(setting)
{
    /// <inheritdoc/>
    public sealed override ReadStatus Read(
        ref ReadOnlySequence<byte> buffer, int maxBytes, out Request? request, out int size)
    {
        (request, size) = (null, 0);
        switch (FrameReader.Read(ref buffer, maxBytes, out var body))
        {
            case FrameStatus.Complete:
                size = (int)body.Length;
                request = Decode(body);
                return ReadStatus.Complete;
            case FrameStatus.TooLong:
                request = Refusals.FrameTooLong(maxBytes);
                return ReadStatus.Broken;
            default:
                return ReadStatus.Incomplete;
        }
    }

    /// <summary>Decodes a body; what cannot be read becomes an <see cref="UnreadableRequest"/>.</summary>
    protected abstract Request Decode(in ReadOnlySequence<byte> body);
}
