using System.Buffers;

namespace JoChat.Gateway;

/// <summary>Bytes that wait for the socket, in an array of the shared pool. Empty it holds no memory. Not
/// thread-safe.</summary>
internal sealed class OutputBuffer : IBufferWriter<byte>
{
    private const int FirstSize = 1024;
    private byte[] _bytes = [];

    public int Length { get; private set; }

    /// <summary>What is in it, until it is written to again.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Moves everything to <paramref name="output"/> and gives the memory back.</summary>
    public void MoveTo(IBufferWriter<byte> output)
    {
        output.Write(_bytes.AsSpan(0, Length));
        Clear();
    }

    public void Clear()
    {
        if (_bytes.Length > 0) { ArrayPool<byte>.Shared.Return(_bytes); }
        (_bytes, Length) = ([], 0);
    }

    private void Reserve(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed <= _bytes.Length) { return; }
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(FirstSize, 2 * _bytes.Length)));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        if (_bytes.Length > 0) { ArrayPool<byte>.Shared.Return(_bytes); }
        _bytes = larger;
    }
}
