namespace JoChat.Hocon;

internal sealed partial class Parser
{
    private Term ReadValue()
    {
        var parts = new List<Term>();
        for (var part = ReadPart(); part is not null; part = ReadPart())
        {
            parts.Add(part);
            if (_token.Whitespace.Length > 0) { parts.Add(new WhitespaceTerm(_token.Whitespace, _token.At)); }
        }
        if (parts.Count == 0) { throw Expected("a value"); }
        if (parts[^1] is WhitespaceTerm) { parts.RemoveAt(parts.Count - 1); }
        return parts.Count == 1 ? parts[0] : new ConcatTerm(parts, parts[0].At);
    }

    private Term? ReadPart() => _token.Kind switch
    {
        TokenKind.OpenBrace => ReadObject(),
        TokenKind.OpenBracket => ReadArray(),
        TokenKind.Quoted => ReadText(HoconScalarKind.Text),
        TokenKind.Unquoted => ReadText(_token.Text == "null" ? HoconScalarKind.Null : HoconScalarKind.Word),
        TokenKind.Substitution or TokenKind.OptionalSubstitution => ReadSubstitution(),
        _ => null,
    };

    private TextTerm ReadText(HoconScalarKind kind)
    {
        var text = new TextTerm(_token.Text, kind, _token.At);
        Advance();
        return text;
    }

    private ArrayTerm ReadArray()
    {
        var at = _token.At;
        var outer = Descend(1);
        _context = _context.InArray();
        var items = new List<Slot>();
        AdvanceOverNewlines();
        while (_token.Kind != TokenKind.CloseBracket)
        {
            items.Add(Element(ReadValue()));
            EndItem(TokenKind.CloseBracket);
        }
        Advance();
        _context = outer;
        return new ArrayTerm(items, at);
    }

    private static Slot Element(Term value) => new(new Key("", IsQuoted: false, value.At), [value]);

    private SubstitutionTerm ReadSubstitution()
    {
        var (at, isOptional) = (_token.At, _token.Kind == TokenKind.OptionalSubstitution);
        Advance();
        var path = ReadPath();
        Take(TokenKind.CloseBrace, "} behind the path");
        return new SubstitutionTerm([.. _context.Prefixes.Select(prefix => prefix.Then(path)), path], isOptional, at);
    }
}
