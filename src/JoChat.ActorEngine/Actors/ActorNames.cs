namespace JoChat.ActorEngine;

/// <summary>Which names actors may have, and the names of those that were given none.</summary>
internal static class ActorNames
{
    private const string Symbols = "-_.*$+:@&=,!~';()\"";
    private const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    public static bool IsValid(string? name)
    {
        if (string.IsNullOrEmpty(name) || name[0] == '$') { return false; }
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '%')
            {
                if (i + 2 >= name.Length || !char.IsAsciiHexDigit(name[i + 1]) || !char.IsAsciiHexDigit(name[i + 2]))
                {
                    return false;
                }

                i += 2;
            }
            else if (!char.IsAsciiLetterOrDigit(name[i]) && !Symbols.Contains(name[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <exception cref="InvalidActorNameException">The name is not allowed.</exception>
    public static void Check(string name)
    {
        if (IsValid(name)) { return; }
        throw new InvalidActorNameException(
            name.Length == 0
                ? "Actor name must not be empty."
                : $"Invalid actor name \"{name}\": allowed are ASCII letters, digits, {Symbols} and %hh; no $ first.");
    }

    /// <summary>The name with that number: $a, $b, ... $~, $ab, ...</summary>
    public static string Generate(long number)
    {
        Span<char> buffer = stackalloc char[16];
        buffer[0] = '$';
        var length = 1;
        do
        {
            buffer[length++] = Digits[(int)(number & 63)];
            number >>= 6;
        }
        while (number > 0);
        return new string(buffer[..length]);
    }
}
