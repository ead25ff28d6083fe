using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace JoChat.Cluster;

/// <summary>The messages of one direction of a link as bytes: a byte for the version, one for the kind, the session's
/// number, the fields of the kind. What is not just so is a <see cref="LinkMessageException"/>, and nothing else.
/// </summary>
/// <remarks>Numbers are in LEB128, texts in UTF-8 behind their length, times are milliseconds since 1970-01-01 UTC, and
/// what may be missing stands behind a byte that is 0 or 1. The two directions share no kind.</remarks>
internal sealed class LinkEncoding
{
    /// <summary>The version of all kinds and their fields.</summary>
    public const byte Version = 1;

    private readonly FrozenDictionary<Type, LinkForm> _byType;
    private readonly LinkForm?[] _byKind = new LinkForm?[byte.MaxValue + 1];

    private LinkEncoding(ImmutableArray<LinkForm> forms)
    {
        Forms = forms;
        _byType = forms.ToFrozenDictionary(form => form.Type);
        foreach (var form in forms) { _byKind[form.Kind] = form; }
    }

    /// <summary>What sessions ask: from a gateway to the writer.</summary>
    public static LinkEncoding Commands { get; } = new([.. CommandForms.All, .. ReaderCommandForms.All]);

    /// <summary>What sessions hear: from the writer to a gateway.</summary>
    public static LinkEncoding Replies { get; } = new(ReplyForms.All);

    /// <summary>All forms.</summary>
    public ImmutableArray<LinkForm> Forms { get; }

    /// <summary>Writes a message.</summary>
    /// <exception cref="ArgumentException">Its type has no form: it never crosses a link.</exception>
    public void Write(LinkMessage message, IBufferWriter<byte> output)
    {
        var type = message.Content.GetType();
        if (!_byType.TryGetValue(type, out var form))
        {
            throw new ArgumentException($"{type.Name} never crosses a link in this direction.", nameof(message));
        }
        var to = new LinkOutput(output);
        to.AddByte(Version).AddByte(form.Kind).Add(message.Session);
        form.Write(message.Content, ref to);
        to.Flush();
    }

    /// <summary>Reads a message, of which nothing may be missing and nothing left over.</summary>
    /// <exception cref="LinkMessageException">It is none.</exception>
    public LinkMessage Read(ReadOnlySpan<byte> bytes)
    {
        var from = new LinkInput(bytes);
        if (from.TakeByte() is not Version and var version) { throw from.Fault($"version {version} is not known"); }
        var kind = from.TakeByte();
        if (_byKind[kind] is not { } form) { throw from.Fault($"kind {kind} is not known"); }
        var message = new LinkMessage(from.TakeNumber(), form.Read(ref from));
        from.End();
        return message;
    }
}
