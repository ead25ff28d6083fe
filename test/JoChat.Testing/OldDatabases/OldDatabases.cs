using System.Globalization;
using System.IO.Compression;

namespace JoChat.Testing;

/// <summary>Databases that older programs wrote, one of each schema; README.md beside them says how, and make.py what is in
/// them.</summary>
public static class OldDatabases
{
    private const string Prefix = "OldDatabases/schema-";

    /// <summary>The schemas of SQLite there is one of, ascending.</summary>
    public static IReadOnlyList<int> Sqlite { get; } = Find(".db.gz");

    /// <summary>The schemas of PostgreSQL there is a dump of, ascending.</summary>
    public static IReadOnlyList<int> Postgres { get; } = Find(".sql.gz");

    /// <summary>Puts one of SQLite into a file.</summary>
    public static void Unpack(int schema, string path)
    {
        using var packed = typeof(OldDatabases).Assembly.GetManifestResourceStream($"{Prefix}{schema:D2}.db.gz")
            ?? throw new ArgumentException($"there is no database of schema {schema}", nameof(schema));
        using var unzip = new GZipStream(packed, CompressionMode.Decompress);
        using var file = File.Create(path);
        unzip.CopyTo(file);
    }

    private static int[] Find(string end) =>
    [
        .. typeof(OldDatabases).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal))
            .Select(name => int.Parse(name[Prefix.Length..^end.Length], CultureInfo.InvariantCulture)).Order(),
    ];
}
