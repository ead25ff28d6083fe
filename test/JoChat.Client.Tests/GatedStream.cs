using System.Threading.Channels;

namespace JoChat.Client.Tests;

/// <summary>A stream whose other end is the test: what is written waits until it is taken, and each step is known to be
/// over when its method returns.</summary>
internal sealed class GatedStream : Stream
{
    private readonly Channel<TaskCompletionSource> _writes = Channel.CreateUnbounded<TaskCompletionSource>();
    private readonly Channel<byte[]> _toRead = Channel.CreateUnbounded<byte[]>();
    private readonly SemaphoreSlim _reads = new(0);
    private byte[] _rest = [];

    /// <summary>Whether the kernel takes at once what is written, as long as its buffers have room.</summary>
    public bool TakesAtOnce { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits for a write.</summary>
    public async Task<TaskCompletionSource> NextWriteAsync() => await _writes.Reader.ReadAsync().AsTask().OrFail();

    /// <summary>Has bytes read; returns when they are and the next ones are asked for.</summary>
    public async Task GiveAsync(byte[] bytes)
    {
        await _reads.WaitAsync().OrFail();
        _toRead.Writer.TryWrite(bytes);
        await _reads.WaitAsync().OrFail();
        _reads.Release();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.Length == 0)
        {
            _reads.Release();
            _rest = await _toRead.Reader.ReadAsync(cancellationToken);
        }
        var length = Math.Min(_rest.Length, buffer.Length);
        _rest.AsSpan(0, length).CopyTo(buffer.Span);
        _rest = _rest[length..];
        return length;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (TakesAtOnce) { return ValueTask.CompletedTask; }
        var write = new TaskCompletionSource(); // who completes it runs what follows
        _writes.Writer.TryWrite(write);
        return new ValueTask(write.Task.WaitAsync(cancellationToken));
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
