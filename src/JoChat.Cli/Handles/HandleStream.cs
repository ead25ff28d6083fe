using System.Runtime.InteropServices;

namespace JoChat.Cli.Handles;

/// <summary>Writes to a standard handle of the process on Unix. Unlike the console's own stream it also fails when the
/// reader of a pipe has gone.</summary>
/// <param name="descriptor">1 or 2.</param>
internal sealed partial class HandleStream(int descriptor) : Stream
{
    private const int Interrupted = 4, BadDescriptor = 9, WouldBlock = 11, WouldBlockOnMac = 35, BrokenPipe = 32;
    private const short Writable = 4;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = WriteTo(descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0) { buffer = buffer[(int)written..]; }
            else { Overcome(Marshal.GetLastPInvokeError()); }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Overcome(int error)
    {
        switch (error)
        {
            case Interrupted: break;
            case WouldBlock or WouldBlockOnMac: // whoever shares the terminal or pipe may have set it so
                var poll = new PollRequest { Descriptor = descriptor, Events = Writable };
                _ = Poll(ref poll, 1, timeoutMilliseconds: -1);
                break;
            case BadDescriptor: throw new IOException("It is closed.");
            case BrokenPipe: throw new IOException("Its reader has gone.");
            default: throw new IOException(Marshal.GetPInvokeErrorMessage(error) + ".");
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteTo(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollRequest requests, nuint count, int timeoutMilliseconds);
}
