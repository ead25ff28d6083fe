using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>How the requests and messages of a connection stand in its bytes: chosen once for each connection, by what
/// its client speaks. Formats hold no state of a connection.</summary>
internal abstract class WireFormat
{
    /// <summary>The one setting besides <see cref="WireProtocol.Auto"/> with which it is spoken; null if there is
    /// none.</summary>
    public abstract WireProtocol? Pin { get; }

    /// <summary>Takes the request at the start of <paramref name="buffer"/>, as <see cref="FrameReader.Read"/> takes a
    /// frame.</summary>
    public virtual FrameStatus Read(
        ref ReadOnlySequence<byte> buffer, int maxBodyBytes, out ReadOnlySequence<byte> body) =>
        FrameReader.Read(ref buffer, maxBodyBytes, out body);

    /// <summary>Decodes a body; what cannot be read becomes an <see cref="UnreadableRequest"/>.</summary>
    public abstract Request Decode(in ReadOnlySequence<byte> body);

    /// <summary>Writes a message with all that is around it.</summary>
    public abstract void Write(ServerMessage message, IBufferWriter<byte> output);
}
