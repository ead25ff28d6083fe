using System.Globalization;

namespace JoChat.Hocon;

/// <summary>Splits a text into tokens. Comments are skipped; newlines with the whitespace around them become one
/// token.</summary>
internal sealed partial class Lexer
{
    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";

    private readonly string _text;
    private readonly string _source;
    private int _at;
    private int _line = 1;
    private int _lineStart;

    public Lexer(string text, string source)
    {
        (_text, _source) = (text, source);
        _at = _lineStart = text.StartsWith('\uFEFF') ? 1 : 0;
    }

    private HoconPosition Position => new(_source, _line, _at - _lineStart + 1);

    public Token Next()
    {
        var start = _at;
        SkipWhitespace();
        var whitespace = _text[start.._at];
        SkipComment();
        var position = Position;
        if (_at == _text.Length) { return new Token(TokenKind.End, "", whitespace, position); }
        if (_text[_at] == '\n')
        {
            SkipLines();
            return new Token(TokenKind.Newline, "\n", whitespace, position);
        }
        if (_text[_at] == '"') { return new Token(TokenKind.Quoted, TakeQuoted(), whitespace, position); }

        var (kind, length) = Classify();
        var text = _text.Substring(_at, length);
        _at += length;
        return new Token(kind, text, whitespace, position);
    }

    private (TokenKind Kind, int Length) Classify() => _text[_at] switch
    {
        '{' => (TokenKind.OpenBrace, 1),
        '}' => (TokenKind.CloseBrace, 1),
        '[' => (TokenKind.OpenBracket, 1),
        ']' => (TokenKind.CloseBracket, 1),
        ',' => (TokenKind.Comma, 1),
        ':' => (TokenKind.Colon, 1),
        '=' => (TokenKind.Equals, 1),
        '+' when Peek(1) == '=' => (TokenKind.PlusEquals, 2),
        '$' when Peek(1) == '{' && Peek(2) == '?' => (TokenKind.OptionalSubstitution, 3),
        '$' when Peek(1) == '{' => (TokenKind.Substitution, 2),
        _ => (TokenKind.Unquoted, UnquotedLength()),
    };

    private int UnquotedLength()
    {
        var number = PlusNumber.Match(_text, _at);
        if (number.Success) { return number.Length; }

        var end = _at;
        while (end < _text.Length && !EndsUnquoted(end)) { end++; }
        if (end > _at) { return end - _at; }

        throw new HoconException(Position, $"expected a key or a value, came the reserved character {_text[_at]} " +
            "(write it in quotes)");
    }

    private bool EndsUnquoted(int at) => _text[at] == '\n' || IsWhitespace(_text[at]) || IsCommentAt(at)
        || Reserved.Contains(_text[at], StringComparison.Ordinal);

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void SkipWhitespace()
    {
        while (_at < _text.Length && IsWhitespace(_text[_at])) { _at++; }
    }

    private void SkipComment()
    {
        if (_at == _text.Length || !IsCommentAt(_at)) { return; }

        var end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
    }

    private void SkipLines()
    {
        while (_at < _text.Length && _text[_at] == '\n')
        {
            _line++;
            _lineStart = ++_at;
            SkipWhitespace();
            SkipComment();
        }
    }

    private bool IsCommentAt(int at) =>
        _text[at] == '#' || (_text[at] == '/' && at + 1 < _text.Length && _text[at + 1] == '/');

    private static bool IsWhitespace(char c) =>
        c is '\t' or '\v' or '\f' or '\r' or '\uFEFF' or (>= '\u001C' and <= '\u001F')
        || char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}
