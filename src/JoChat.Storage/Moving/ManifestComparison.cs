using System.Security.Cryptography;
using System.Text;

namespace JoChat.Storage;

/// <summary>Compares the manifests of two sides line by line, and sums them up.</summary>
/// <param name="writer">Gets the lines of the source; null if nobody wants them.</param>
internal sealed class ManifestComparison(TextWriter? writer) : IDisposable
{
    private const int MostDifferences = 5;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<string, long> _rows = [];
    private readonly List<string> _differences = [];
    private long _pairs;

    /// <summary>Compares until the end, or until enough differences are found.</summary>
    public MoveSummary Run(IEnumerable<ManifestLine> source, IEnumerable<ManifestLine> target)
    {
        using var ours = source.GetEnumerator();
        using var theirs = target.GetEnumerator();
        var (hasOurs, hasTheirs) = (ours.MoveNext(), theirs.MoveNext());
        while ((hasOurs || hasTheirs) && _differences.Count < MostDifferences)
        {
            var place = !hasOurs ? 1 : !hasTheirs ? -1 : ours.Current.ComparePlace(theirs.Current);
            Compare(place <= 0 ? ours.Current : null, place >= 0 ? theirs.Current : null);
            if (place <= 0) { hasOurs = ours.MoveNext(); }
            if (place >= 0) { hasTheirs = theirs.MoveNext(); }
        }
        return new MoveSummary(
            _rows.GetValueOrDefault("accounts"), _rows.GetValueOrDefault("messages"), _pairs,
            Convert.ToHexStringLower(_hash.GetHashAndReset()), _differences);
    }

    public void Dispose() => _hash.Dispose();

    private void Compare(ManifestLine? ours, ManifestLine? theirs)
    {
        if (ours != theirs)
        {
            _differences.Add($"{(ours ?? theirs)!.Value.Subject}: {Tell(ours)} in the source, {Tell(theirs)} in the target");
        }
        if (ours is not { } line) { return; }
        var text = $"{line}\n";
        _hash.AppendData(Encoding.UTF8.GetBytes(text));
        writer?.Write(text);
        if (line.Table == MovedTable.InManifest.Length) { return; }
        var table = MovedTable.InManifest[line.Table];
        _rows[table.Name] = _rows.GetValueOrDefault(table.Name) + line.Rows;
        if (table.Name == "messages") { _pairs++; }
    }

    private static string Tell(ManifestLine? line) =>
        line is { } said ? FormattableString.Invariant($"{said.Rows} rows ({said.Hash})") : "nothing";
}
