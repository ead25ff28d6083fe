using System.Security.Cryptography;
using System.Text;

namespace JoChat.Storage;

/// <summary>Compares two manifests line by line, and sums the first one up.</summary>
/// <param name="writer">Gets the lines of the first; null if nobody wants them.</param>
/// <param name="first">What the first is of.</param>
/// <param name="second">What the second is of.</param>
internal sealed class ManifestComparison(TextWriter? writer, string first, string second) : IDisposable
{
    private const int MostDifferences = 5;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<string, long> _rows = [];
    private readonly List<string> _differences = [];
    private long _pairs;

    /// <summary>Compares until the end, or until enough differences are found.</summary>
    public MoveSummary Run(IEnumerable<ManifestLine> lines, IEnumerable<ManifestLine> others)
    {
        using var ours = lines.GetEnumerator();
        using var theirs = others.GetEnumerator();
        var (hasOurs, hasTheirs) = (ours.MoveNext(), theirs.MoveNext());
        while ((hasOurs || hasTheirs) && _differences.Count < MostDifferences)
        {
            var place = !hasOurs ? 1 : !hasTheirs ? -1 : ours.Current.ComparePlace(theirs.Current);
            Compare(place <= 0 ? ours.Current : null, place >= 0 ? theirs.Current : null);
            if (place <= 0) { hasOurs = ours.MoveNext(); }
            if (place >= 0) { hasTheirs = theirs.MoveNext(); }
        }
        return Sum();
    }

    /// <summary>Only sums up.</summary>
    public MoveSummary Run(IEnumerable<ManifestLine> lines)
    {
        foreach (var line in lines) { Compare(line, line); }
        return Sum();
    }

    public void Dispose() => _hash.Dispose();

    private MoveSummary Sum() => new(
        _rows.GetValueOrDefault("accounts"), _rows.GetValueOrDefault("messages"), _pairs,
        Convert.ToHexStringLower(_hash.GetHashAndReset()), _differences);

    private void Compare(ManifestLine? ours, ManifestLine? theirs)
    {
        if (ours != theirs)
        {
            _differences.Add($"{(ours ?? theirs)!.Value.Subject}: {Tell(ours)} in {first}, {Tell(theirs)} in {second}");
        }
        if (ours is not { } line) { return; }
        var text = $"{line}\n";
        _hash.AppendData(Encoding.UTF8.GetBytes(text));
        writer?.Write(text);
        _rows[line.Name] = _rows.GetValueOrDefault(line.Name) + line.Rows;
        if (line.Name == "messages") { _pairs++; }
    }

    private static string Tell(ManifestLine? line) =>
        line is { } said ? FormattableString.Invariant($"{said.Rows} rows ({said.Hash})") : "nothing";
}
