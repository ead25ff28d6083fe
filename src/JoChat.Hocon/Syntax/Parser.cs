namespace JoChat.Hocon;

/// <summary>Reads one text into a tree of terms. Nothing is looked up here: that is the resolver's work.</summary>
internal sealed partial class Parser
{
    private readonly Lexer _lexer;
    private ParseContext _context;
    private Token _token;

    private Parser(string text, ParseContext context)
    {
        _lexer = new Lexer(text, context.Source);
        _context = context;
        _token = _lexer.Next();
    }

    public static ObjectTerm Parse(string text, ParseContext context) => new Parser(text, context).ReadRoot();

    private ObjectTerm ReadRoot()
    {
        SkipNewlines();
        var root = new ObjectTerm(_token.At);
        if (_token.Kind == TokenKind.OpenBracket) { throw Expected("an object or fields"); }
        if (_token.Kind == TokenKind.OpenBrace)
        {
            root = ReadObject();
            SkipNewlines();
        }
        else
        {
            ReadFields(root, TokenKind.End);
        }
        return _token.Kind == TokenKind.End ? root : throw Expected("the end of the text");
    }

    private ObjectTerm ReadObject()
    {
        var result = new ObjectTerm(_token.At);
        var outer = Descend(1);
        Advance();
        ReadFields(result, TokenKind.CloseBrace);
        Take(TokenKind.CloseBrace, "}");
        _context = outer;
        return result;
    }

    private void ReadFields(ObjectTerm target, TokenKind close)
    {
        SkipNewlines();
        while (_token.Kind != close)
        {
            if (_token is { Kind: TokenKind.Unquoted, Text: "include" })
            {
                ReadInclude(target);
            }
            else
            {
                ReadField(target);
            }
            EndItem(close);
        }
    }

    private void ReadField(ObjectTerm target)
    {
        var path = ReadPath();
        var outer = Descend(path.Keys.Count - 1);
        _context = _context.At(path);
        target.Add(path, ReadFieldValue());
        _context = outer;
    }

    private Term ReadFieldValue()
    {
        var afterKey = _token;
        SkipNewlines();
        var separator = _token;
        switch (separator.Kind)
        {
            case TokenKind.OpenBrace:
                return ReadValue();
            case TokenKind.Equals or TokenKind.Colon:
                AdvanceOverNewlines();
                return ReadValue();
            case TokenKind.PlusEquals:
                AdvanceOverNewlines();
                var added = new ArrayTerm([Element(ReadValue())], separator.At);
                return new ConcatTerm([new PreviousTerm(separator.At), added], separator.At);
            default:
                throw Expected("one of = : += { after the key", afterKey);
        }
    }

    private KeyPath ReadPath()
    {
        var reader = new PathReader();
        for (; _token.Kind is TokenKind.Quoted or TokenKind.Unquoted; Advance()) { reader.Add(_token); }
        return reader.Finish(_token);
    }

    // One comma or newline, or both, parts an item from the next; a comma may also stand behind the last.
    private void EndItem(TokenKind close)
    {
        var parted = _token.Kind is TokenKind.Comma or TokenKind.Newline;
        SkipNewlines();
        if (_token.Kind == TokenKind.Comma) { AdvanceOverNewlines(); }
        if (!parted && _token.Kind != close) { throw Expected(Closing(close)); }
    }

    private static string Closing(TokenKind close) => close switch
    {
        TokenKind.CloseBrace => "a comma, a newline or }",
        TokenKind.CloseBracket => "a comma, a newline or ]",
        _ => "a comma, a newline or the end of the text",
    };

    private void Advance() => _token = _lexer.Next();

    private void AdvanceOverNewlines()
    {
        Advance();
        SkipNewlines();
    }

    private void SkipNewlines()
    {
        while (_token.Kind == TokenKind.Newline) { Advance(); }
    }

    private void Take(TokenKind kind, string name)
    {
        if (_token.Kind != kind) { throw Expected(name); }
        Advance();
    }

    // Gives the scope to return to.
    private ParseContext Descend(int levels)
    {
        var outer = _context;
        _context = _context.Deeper(levels, _token.At);
        return outer;
    }

    private HoconException Expected(string what) => Expected(what, _token);

    private static HoconException Expected(string what, Token came) => new(came.At, $"expected {what}, came {came}");
}
