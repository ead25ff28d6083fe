namespace JoChat.Hocon;

/// <summary>Finds and reads included files, and bounds how many.</summary>
internal sealed class Includer(Func<string, string?> read)
{
    private const int MaxChain = 50;
    private const int MaxFiles = 1000;

    private static readonly string[] Extensions = [".json", ".conf", ".hocon"];

    private int _files;

    /// <summary>Adds the fields of the named file to an object; without extension, those of name.json and above them
    /// those of name.conf.</summary>
    /// <returns>Whether there was such a file.</returns>
    public bool Include(string name, ObjectTerm target, ParseContext context, HoconPosition at)
    {
        var path = Locate(name, context.Source, at);
        var isExact = Array.Exists(Extensions, extension => path.EndsWith(extension, StringComparison.Ordinal));
        var found = false;
        foreach (var file in isExact ? [path] : (string[])[path + ".json", path + ".conf"])
        {
            if (context.Files.Contains(file))
            {
                throw new HoconException(at, $"expected no cycle of includes, came {file} within itself");
            }
            if (context.Files.Count > MaxChain || _files == MaxFiles)
            {
                throw new HoconException(at, $"expected at most {MaxChain} includes within each other and {MaxFiles} " +
                    "in all, came more");
            }
            if (read(file) is not { } text) { continue; }

            found = true;
            _files++;
            target.AddAll(Parser.Parse(text, context.Into(file)));
        }
        return found;
    }

    // Relative to the including file. The reader's root cannot be left: a file provider would answer "missing" there,
    // which an include that is not required would hide.
    private static string Locate(string name, string source, HoconPosition at)
    {
        var segments = new List<string>(source.Split('/')[..^1]);
        var floor = segments is ["", ..] ? 1 : 0;
        foreach (var segment in name.Split('/'))
        {
            if (segment is "" || (segment is ".." && segments.Count == floor))
            {
                throw new HoconException(at, "expected a relative path that stays in the configuration's folder, " +
                    $"came \"{Token.Shorten(name)}\"");
            }
            if (segment is "..")
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ".")
            {
                segments.Add(segment);
            }
        }
        return string.Join('/', segments);
    }
}
