using System.Buffers;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>The binary encoding of original clients, without frames. Events do not exist in it.</summary>
internal sealed class BareFormat : WireFormat
{
    private BareFormat() : base(null) { }

    public static BareFormat Instance { get; } = new();

    /// <inheritdoc/>
    public override ReadStatus Read(
        ref ReadOnlySequence<byte> buffer, int maxBytes, out Request? request, out int size)
    {
        var before = buffer.Length;
        var status = BareReader.Read(ref buffer, maxBytes, out request);
        size = (int)(before - buffer.Length);
        return status switch
        {
            BareStatus.Complete => ReadStatus.Complete,
            BareStatus.Incomplete => ReadStatus.Incomplete,
            _ => ReadStatus.Broken,
        };
    }

    /// <inheritdoc/>
    public override void Write(ServerMessage message, IBufferWriter<byte> output)
    {
        // Nobody can say hello in this form, and an event goes only to who did.
        if (message is Response response) { BareWriter.WriteResponse(response, output); }
    }
}
