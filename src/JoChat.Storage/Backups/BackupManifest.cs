using System.Collections.Immutable;
using System.Globalization;

namespace JoChat.Storage;

/// <summary>The manifest beside a backup: text, a line for each table and for what each account has sent another, and last
/// the SHA-256 of all lines before.</summary>
/// <param name="Path">Its file.</param>
/// <param name="MadeAt">When the backup was made.</param>
/// <param name="Bytes">The length of the copy.</param>
/// <param name="Hash">Its SHA-256.</param>
internal sealed record BackupManifest(string Path, DateTimeOffset MadeAt, long Bytes, string Hash)
{
    private const string FirstLine = "JoChat backup 1";
    private const string MadeAtFormat = "yyyy-MM-ddTHH:mm:ssZ";
    private const int HeaderLines = 3;

    /// <summary>Begins to write one. Its <see cref="SealedText.Lines"/> are to follow.</summary>
    public static SealedText Begin(string path, DateTimeOffset madeAt, string madeBy, long bytes, string hash)
    {
        var text = new SealedText(SyncedFile.Create(path));
        text.Lines.Write(string.Create(CultureInfo.InvariantCulture,
            $"{FirstLine}\nmade {madeAt.UtcDateTime.ToString(MadeAtFormat, CultureInfo.InvariantCulture)} by {madeBy}\nfile {bytes} {hash}\n"));
        return text;
    }

    /// <summary>Whether a file is one, whole or not.</summary>
    public static bool IsOne(string path) => File.Exists(path) && File.ReadLines(path).FirstOrDefault() == FirstLine;

    /// <summary>Reads its head, and checks that all of it is as it was written.</summary>
    /// <exception cref="StorageException">It is not, or is no manifest.</exception>
    public static BackupManifest Read(string path)
    {
        var lines = File.ReadLines(path).Take(HeaderLines).Select(line => line.Split(' ')).ToArray();
        if (!SealedText.IsWhole(path)
            || lines is not [["JoChat", "backup", "1"], ["made", var made, ..], ["file", var bytes, var hash]])
        {
            throw Damaged(path);
        }
        return new BackupManifest(
            path,
            DateTimeOffset.ParseExact(made, MadeAtFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            long.Parse(bytes, CultureInfo.InvariantCulture), hash);
    }

    /// <summary>What it says of these tables, in their order.</summary>
    public IEnumerable<ManifestLine> ReadLines(ImmutableArray<MovedTable> tables)
    {
        var place = 0;
        var names = tables.ToDictionary(table => table.Name, _ => place++);
        foreach (var line in File.ReadLines(Path).Skip(HeaderLines))
        {
            var words = line.Split(' ');
            if (words is [SealedText.SealWord, _]) { yield break; }
            // A table that the file lacks comes behind all others.
            yield return new ManifestLine(
                names.GetValueOrDefault(words[0], tables.Length), words[0],
                words.Length == 5 ? (Number(words[1]), Number(words[2])) : default, Number(words[^2]), words[^1]);
        }

        static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }

    private static StorageException Damaged(string path) =>
        new($"{path} is not as it was written, or no manifest of a backup", isTransient: false);
}
