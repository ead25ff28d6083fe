using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace JoChat.Hocon;

internal sealed partial class Lexer
{
    private const string TripleQuote = "\"\"\"";

    // The one place where + may stand unquoted: JSON's 1e+5. What goes on like a number but is none is not matched,
    // and its + is then refused.
    [GeneratedRegex(@"\G-?[0-9]+(\.[0-9]+)?[eE]\+[0-9]+(?![0-9eE+.-])", RegexOptions.CultureInvariant)]
    private static partial Regex PlusNumber { get; }

    private string TakeQuoted() =>
        string.CompareOrdinal(_text, _at, TripleQuote, 0, TripleQuote.Length) == 0
            ? TakeTripleQuoted()
            : TakeJsonString();

    private string TakeTripleQuoted()
    {
        var opening = Position;
        var start = _at + TripleQuote.Length;
        var end = _text.IndexOf(TripleQuote, start, StringComparison.Ordinal);
        if (end < 0) { throw new HoconException(opening, "expected a closing \"\"\", came the end of the text"); }

        // The last three quotes of a longer run close the text; those before them belong to it.
        while (end + TripleQuote.Length < _text.Length && _text[end + TripleQuote.Length] == '"') { end++; }
        var content = _text[start..end];
        _at = end + TripleQuote.Length;
        if (content.LastIndexOf('\n') is var newline and >= 0)
        {
            _line += content.Count(c => c == '\n');
            _lineStart = start + newline + 1;
        }
        return content;
    }

    private string TakeJsonString()
    {
        var opening = Position;
        var content = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != '\n'; _at++)
        {
            if (_text[_at] == '"')
            {
                _at++;
                return content.ToString();
            }
            content.Append(_text[_at] == '\\' ? TakeEscape() : _text[_at]);
        }
        throw new HoconException(opening, "expected a closing quote, came the end of the line");
    }

    // Leaves the reader on the escape's last character.
    private char TakeEscape()
    {
        var position = Position;
        _at++;
        switch (_at < _text.Length ? _text[_at] : '\0')
        {
            case '"': return '"';
            case '\\': return '\\';
            case '/': return '/';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _at + 4 < _text.Length && ushort.TryParse(
                _text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                throw new HoconException(
                    position, "expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX, came another escape");
        }
    }
}
