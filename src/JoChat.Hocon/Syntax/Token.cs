namespace JoChat.Hocon;

internal enum TokenKind
{
    End,
    Newline,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Comma,
    Colon,
    Equals,
    PlusEquals,
    Quoted,
    Unquoted,
    Substitution,
    OptionalSubstitution,
}

/// <summary>A piece of the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A quoted text's content, or else the piece as it was written.</param>
/// <param name="Whitespace">The whitespace before it on its line: it belongs to a concatenation.</param>
/// <param name="At">Where it begins.</param>
internal readonly record struct Token(TokenKind Kind, string Text, string Whitespace, HoconPosition At)
{
    private const int LongestShown = 30;

    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end of the text",
        TokenKind.Newline => "the end of the line",
        TokenKind.Quoted => $"\"{Shorten(Text)}\"",
        _ => Shorten(Text),
    };

    public static string Shorten(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "...";
}
