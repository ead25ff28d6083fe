using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace JoChat.Storage;

/// <summary>What a database holds, by which two are compared: it does not tell the engine. Computed while it is read.
/// </summary>
internal static class Manifest
{
    private const int RowsPerReport = 10_000;
    private const byte Null = 0, Number = 1, Bytes = 2;

    /// <summary>All lines of a side of a move, in their order.</summary>
    public static IEnumerable<ManifestLine> Of(IMoveSide side, IMoveProgress progress)
    {
        foreach (var line in Of(side, MovedTable.InManifest, progress)) { yield return line; }
        var ids = side.ReadLastIds();
        yield return new ManifestLine(MovedTable.InManifest.Length, "last_ids", default, 1, FormattableString.Invariant(
            $"message {ids.Message}, ordered through {ids.OrderedThrough}, account {ids.Account}, login {ids.Login}"));
    }

    /// <summary>The lines of these tables, in their order.</summary>
    public static IEnumerable<ManifestLine> Of(
        ITableReader side, ImmutableArray<MovedTable> tables, IMoveProgress progress)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var encoded = new ArrayBufferWriter<byte>();
        for (var table = 0; table < tables.Length; table++)
        {
            var read = tables[table];
            (long, long) pair = default;
            var (rows, all) = (0L, 0L);
            foreach (var row in side.Read(read))
            {
                var next = read.IsByPair ? (row[0] as long? ?? 0, row[1] as long? ?? 0) : default; // a damaged file has anything
                if (next != pair && rows > 0)
                {
                    yield return Line(table, pair, rows);
                    rows = 0;
                }
                pair = next;
                Encode(row, encoded);
                hash.AppendData(encoded.WrittenSpan);
                rows++;
                if (++all % RowsPerReport == 0) { progress.Report(read.Name, "compared", all); }
            }
            if (rows > 0 || !read.IsByPair) { yield return Line(table, pair, rows); }
        }

        ManifestLine Line(int table, (long, long) pair, long rows) =>
            new(table, tables[table].Name, pair, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // Each value says its kind and its length, so that no two rows are encoded alike.
    private static void Encode(object?[] row, ArrayBufferWriter<byte> encoded)
    {
        encoded.ResetWrittenCount();
        foreach (var value in row)
        {
            var (kind, number) = value switch
            {
                null => (Null, 0L),
                byte[] bytes => (Bytes, bytes.Length),
                _ => (Number, (long)value),
            };
            var head = encoded.GetSpan(1 + sizeof(long));
            head[0] = kind;
            BinaryPrimitives.WriteInt64BigEndian(head[1..], number);
            encoded.Advance(1 + sizeof(long));
            if (value is byte[] content) { encoded.Write(content); }
        }
    }
}
