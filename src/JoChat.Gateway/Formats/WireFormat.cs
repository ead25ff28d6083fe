using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>How requests and messages stand in the bytes of a connection: chosen once for each connection, by what its
/// client speaks. A format holds no state of a connection.</summary>
/// <param name="setting">The one setting besides <see cref="SpokenProtocols.Auto"/> that allows it; null if none
/// does.</param>
internal abstract class WireFormat(SpokenProtocols? setting)
{
    /// <summary>Whether connections may speak it.</summary>
    public bool IsAllowedBy(SpokenProtocols allowed) => allowed is SpokenProtocols.Auto || allowed == setting;

    /// <summary>Takes the request at the start of <paramref name="buffer"/>; never throws.</summary>
    /// <param name="buffer">The bytes received so far. If the status is Complete, it begins behind the request
    /// afterwards; else it is unchanged.</param>
    /// <param name="maxBytes">Longest request accepted, in bytes.</param>
    /// <param name="request">The request, an <see cref="UnreadableRequest"/> if there is something wrong with it; null
    /// if the status is Incomplete.</param>
    /// <param name="size">How long the request is, in bytes.</param>
    public abstract ReadStatus Read(
        ref ReadOnlySequence<byte> buffer, int maxBytes, out Request? request, out int size);

    /// <summary>Writes a message with all that is around it.</summary>
    public abstract void Write(ServerMessage message, IBufferWriter<byte> output);
}
