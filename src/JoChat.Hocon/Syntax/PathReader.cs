using System.Text;

namespace JoChat.Hocon;

/// <summary>Splits key tokens into a path: dots part the elements, unless they are quoted.</summary>
internal sealed class PathReader
{
    private readonly List<Key> _keys = [];
    private readonly StringBuilder _element = new();
    private HoconPosition _elementAt;
    private bool _isQuoted;

    public void Add(Token token)
    {
        if (_keys.Count == 0 && _element.Length == 0 && !_isQuoted)
        {
            _elementAt = token.At;
        }
        else
        {
            _element.Append(token.Whitespace);
        }

        if (token.Kind == TokenKind.Quoted)
        {
            _isQuoted = true;
            _element.Append(token.Text);
            return;
        }
        for (var i = 0; i < token.Text.Length; i++)
        {
            if (token.Text[i] == '.')
            {
                EndElement(token.At with { Column = token.At.Column + i });
            }
            else
            {
                _element.Append(token.Text[i]);
            }
        }
    }

    /// <summary>Ends the path.</summary>
    /// <param name="next">The token behind it, for the error if the path is incomplete.</param>
    public KeyPath Finish(Token next)
    {
        if (_keys.Count == 0 && _element.Length == 0 && !_isQuoted)
        {
            throw new HoconException(next.At, $"expected a key, came {next}");
        }
        EndElement(next.At);
        return new KeyPath(_keys);
    }

    private void EndElement(HoconPosition end)
    {
        if (_element.Length == 0 && !_isQuoted)
        {
            throw new HoconException(end, "expected a key between the dots, came nothing (an empty key is \"\")");
        }
        _keys.Add(new Key(_element.ToString(), _isQuoted, _elementAt));
        _element.Clear();
        _isQuoted = false;
        _elementAt = end with { Column = end.Column + 1 };
    }
}
