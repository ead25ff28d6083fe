using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace JoChat.Storage;

/// <summary>What a database holds, by which two are compared: it does not tell the engine. Computed while it is read.
/// </summary>
internal static class Manifest
{
    private const int RowsPerReport = 10_000;
    private const byte Null = 0, Number = 1, Bytes = 2;

    /// <summary>All lines of a side, in their order.</summary>
    public static IEnumerable<ManifestLine> Of(IMoveSide side, IMoveProgress progress)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var encoded = new ArrayBufferWriter<byte>();
        for (var table = 0; table < MovedTable.InManifest.Length; table++)
        {
            var read = MovedTable.InManifest[table];
            (long, long) pair = default;
            var (rows, all) = (0L, 0L);
            foreach (var row in side.Read(read))
            {
                var next = read.IsByPair ? ((long)row[0]!, (long)row[1]!) : default;
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
        var ids = side.ReadLastIds();
        yield return new ManifestLine(MovedTable.InManifest.Length, default, 1, FormattableString.Invariant(
            $"message {ids.Message}, ordered through {ids.OrderedThrough}, account {ids.Account}, login {ids.Login}"));

        ManifestLine Line(int table, (long, long) pair, long rows) =>
            new(table, pair, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
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
