namespace JoChat.Hocon;

internal sealed partial class Parser
{
    // include "f" | include file("f") | include required("f") | include required(file("f"))
    private void ReadInclude(ObjectTerm target)
    {
        Advance();
        var first = _token;
        var form = "";
        for (; _token.Kind == TokenKind.Unquoted; Advance()) { form += _token.Text; }
        if (form is not ("" or "file(" or "required(" or "required(file("))
        {
            throw Expected("a file name in quotes, file(\"...\") or required(\"...\") after include (url and " +
                "classpath are not supported)", first);
        }
        if (_token.Kind != TokenKind.Quoted) { throw Expected("a file name in quotes"); }

        var name = _token;
        Advance();
        TakeClosing(new string(')', form.Count(c => c == '(')));
        if (!_context.Includer.Include(name.Text, target, _context, name.At) && form.StartsWith('r'))
        {
            throw new HoconException(name.At, $"expected the required file {name}, came none");
        }
    }

    private void TakeClosing(string closing)
    {
        var came = "";
        for (; came.Length < closing.Length && _token.Kind == TokenKind.Unquoted; Advance()) { came += _token.Text; }
        if (came != closing) { throw Expected($"{closing} behind the file name"); }
    }
}
