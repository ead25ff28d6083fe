using System.Globalization;
using System.Text;

namespace JoChat.Cli.Terminals;

/// <summary>Which key a sequence stands for, in the encodings of xterm, rxvt, the Linux console and kitty.</summary>
internal static class KeySequences
{
    /// <summary>Finds the key of a sequence.</summary>
    /// <param name="sequence">What follows <c>ESC [</c>: parameters and the final character.</param>
    public static KeyStroke Find(string sequence) =>
        Read(sequence) is { Code: not KeyCode.Unknown } key ? key : new KeyStroke(KeyCode.Unknown);

    private static KeyStroke Read(string sequence)
    {
        var final = sequence[^1];
        var numbers = Numbers(sequence[..^1]);
        if (numbers is null) { return new KeyStroke(KeyCode.Unknown); }
        var modifiers = numbers.Length > 1 ? Modifiers(numbers[1]) : KeyModifiers.None;
        return final switch
        {
            'I' when sequence.Length == 1 => new KeyStroke(KeyCode.FocusGained),
            'O' when sequence.Length == 1 => new KeyStroke(KeyCode.FocusLost),
            'Z' => new KeyStroke(KeyCode.Tab, Modifiers: KeyModifiers.Shift),
            '~' when numbers is [27, var held, var typed] => Typed(typed, Modifiers(held)),
            'u' => Typed(numbers[0], modifiers),
            '~' => new KeyStroke(Editing(numbers[0]), Modifiers: modifiers),
            '^' => new KeyStroke(Editing(numbers[0]), Modifiers: KeyModifiers.Control),
            '$' => new KeyStroke(Editing(numbers[0]), Modifiers: KeyModifiers.Shift),
            >= 'a' and <= 'd' => new KeyStroke(Moving(char.ToUpperInvariant(final)), Modifiers: KeyModifiers.Shift),
            _ => new KeyStroke(Moving(final), Modifiers: modifiers),
        };
    }

    /// <summary>Finds the key of a sequence that begins with <c>ESC O</c>.</summary>
    public static KeyStroke FindFunction(string sequence)
    {
        var final = sequence[^1];
        if (final == 'M') { return new KeyStroke(KeyCode.Enter); } // of the number pad
        if (final is >= 'a' and <= 'd')
        {
            return new KeyStroke(Moving(char.ToUpperInvariant(final)), Modifiers: KeyModifiers.Control);
        }
        var numbers = Numbers(sequence[..^1]);
        return new KeyStroke(Moving(final), Modifiers: numbers is [> 1 and var held] ? Modifiers(held) : KeyModifiers.None);
    }

    private static KeyCode Moving(char final) => final switch
    {
        'A' => KeyCode.Up,
        'B' => KeyCode.Down,
        'C' => KeyCode.Right,
        'D' => KeyCode.Left,
        'H' => KeyCode.Home,
        'F' => KeyCode.End,
        _ => KeyCode.Unknown,
    };

    private static KeyCode Editing(int number) => number switch
    {
        1 or 7 => KeyCode.Home,
        4 or 8 => KeyCode.End,
        3 => KeyCode.Delete,
        _ => KeyCode.Unknown,
    };

    // A key by its character, as terminals send it that tell all modifiers.
    private static KeyStroke Typed(int character, KeyModifiers modifiers) => character switch
    {
        13 or 57414 => new KeyStroke(KeyCode.Enter, Modifiers: modifiers),
        9 => new KeyStroke(KeyCode.Tab, Modifiers: modifiers),
        27 => new KeyStroke(KeyCode.Escape, Modifiers: modifiers),
        8 or 127 => new KeyStroke(KeyCode.Backspace, Modifiers: modifiers),
        >= 32 when Rune.IsValid(character) && !Rune.IsControl(new Rune(character)) =>
            new KeyStroke(KeyCode.Character, new Rune(character).ToString(), modifiers & ~KeyModifiers.Shift),
        _ => new KeyStroke(KeyCode.Unknown),
    };

    private static KeyModifiers Modifiers(int number) => (KeyModifiers)(number - 1) & (KeyModifiers)7;

    // The numbers between the semicolons, of which an empty one is 1; null if there is anything else.
    private static int[]? Numbers(string parameters)
    {
        var parts = parameters.Split(';');
        var numbers = new int[parts.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            var part = parts[index].Split(':')[0]; // kitty tells more behind a colon
            if (part.Length == 0) { numbers[index] = 1; }
            else if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[index])) { return null; }
        }
        return numbers;
    }
}
