using System.Globalization;
using System.Text;

namespace JoChat.Storage;

/// <summary>A value in a database of the original JoChat, which declares its columns as texts and numbers and does not
/// enforce that.</summary>
public readonly struct OriginalValue
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly object? _value; // null, a long, or bytes: a text in UTF-8, a blob as it is

    internal OriginalValue(object? value) => _value = value;

    /// <summary>Whether it is NULL.</summary>
    public bool IsNull => _value is null;

    /// <summary>The number, if it is a whole one.</summary>
    public long? Number => _value as long?;

    /// <summary>The bytes: of a text or a number as a text, in UTF-8; of a blob as they are; none of NULL.</summary>
    public ReadOnlyMemory<byte> Bytes => _value switch
    {
        byte[] bytes => bytes,
        long number => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)),
        _ => default,
    };

    /// <summary>Whether the bytes are valid UTF-8.</summary>
    public bool IsText
    {
        get
        {
            try
            {
                return Strict.GetCharCount(Bytes.Span) >= 0;
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }
    }

    /// <summary>The text. What is not valid UTF-8 is replaced by U+FFFD; NULL is an empty text.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>What two values have in common if and only if their bytes are the same. Invalid UTF-8 is told apart here,
    /// and not by <see cref="Text"/>.</summary>
    public string Identity => Encoding.Latin1.GetString(Bytes.Span);
}
