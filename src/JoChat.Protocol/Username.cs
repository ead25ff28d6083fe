using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace JoChat.Protocol;

/// <summary>A username that keeps the rules: 1 to <see cref="Limits.MaxUsernameCharacters"/> characters, none of them a
/// control, separator, format (so also bidi), invisible or unassigned character. Two names with the same
/// <see cref="Key"/> are the same name.</summary>
public sealed record Username
{
    // Marks that combine with a letter: a name at the limit may be sent in decomposed form.
    private const int MaxUnnormalisedCharacters = 8 * Limits.MaxUsernameCharacters;

    private static readonly string LengthFault = string.Create(
        CultureInfo.InvariantCulture, $"Username must be 1 to {Limits.MaxUsernameCharacters} characters.");

    private Username(string text, string key) => (Text, Key) = (text, key);

    /// <summary>The name as it is shown, in Unicode normalisation form C.</summary>
    public string Text { get; }

    /// <summary>The name as it is compared: case folded.</summary>
    public string Key { get; }

    /// <summary>Judges a name.</summary>
    /// <param name="text">What the client sent.</param>
    /// <param name="name">The name, if it keeps the rules.</param>
    /// <param name="fault">Which rule it breaks, for people; null if none.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out Username? name, [NotNullWhen(false)] out string? fault)
    {
        name = null;
        fault = FindFault(text, MaxUnnormalisedCharacters); // a lone surrogate would make Normalize throw
        if (fault is not null) { return false; }

        var shown = text.Normalize(NormalizationForm.FormC);
        fault = FindFault(shown, Limits.MaxUsernameCharacters);
        if (fault is not null) { return false; }

        name = new Username(shown, Fold(shown));
        return true;
    }

    /// <summary>Folds the case of a text as <see cref="Key"/> does, for searching.</summary>
    /// <param name="text">Any text without lone surrogates.</param>
    /// <remarks>To lower case first: some capitals, such as U+1E9E and U+03F4, are the capital of no small letter.
    /// </remarks>
    public static string Fold(string text) => text.Normalize(NormalizationForm.FormC)
        .ToLowerInvariant().ToUpperInvariant().Normalize(NormalizationForm.FormC);

    /// <summary>Whether a name may have a character. It may have none that is invisible or that a terminal obeys.</summary>
    // Format characters hold the bidi controls and the invisible joiners, with which one name can pass for another.
    public static bool Allows(Rune character) => !(Rune.GetUnicodeCategory(character) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or
        UnicodeCategory.OtherNotAssigned || IsInvisible(character));

    private static string? FindFault(string text, int maxCharacters)
    {
        var characters = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; characters++)
        {
            if (characters == maxCharacters) { return LengthFault; }
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != OperationStatus.Done)
            {
                return "Username must be valid Unicode.";
            }
            if (!Allows(rune)) { return $"Username must not contain the character U+{rune.Value:X4}."; }
            rest = rest[used..];
        }
        return characters == 0 ? LengthFault : null;
    }


    // Letters and marks that show nothing: fillers, the grapheme joiner, variation selectors.
    // https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point, less what the categories above hold.
    private static bool IsInvisible(Rune rune) => rune.Value is
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or
        (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
