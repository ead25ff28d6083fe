using System.Text;

namespace JoChat.Cli.Handles;

/// <summary>A writer that does not throw when what is behind it fails, but remembers: what a command has done does not
/// depend on whether it could say so. After the first failure nothing more is written.</summary>
internal sealed class GuardedWriter(TextWriter inner) : TextWriter
{
    private volatile string? _failure;

    /// <summary>Why writing failed, as a sentence; null if it did not.</summary>
    public string? Failure => _failure;

    public override Encoding Encoding => inner.Encoding;

    /// <summary>The writer itself if it is guarded already.</summary>
    public static GuardedWriter Over(TextWriter writer) => writer as GuardedWriter ?? new GuardedWriter(writer);

    public override void Write(char value) => Guard(() => inner.Write(value));

    public override void Write(string? value) => Guard(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Guard(() => inner.Write(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => Guard(() => inner.WriteLine(value));

    public override void WriteLine() => Guard(inner.WriteLine);

    public override void Flush() => Guard(inner.Flush);

    private void Guard(Action write)
    {
        if (_failure is not null) { return; }
        try
        {
            write();
        }
        catch (IOException fault)
        {
            _failure = fault.Message;
        }
    }
}
