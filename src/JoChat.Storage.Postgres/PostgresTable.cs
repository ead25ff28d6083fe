using System.Collections.Immutable;

namespace JoChat.Storage.Postgres;

/// <summary>Where a <see cref="MovedTable"/> is in PostgreSQL: in a table of the same name and columns, but for the watermarks
/// of accounts.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Values">Which value of a row is in each.</param>
internal sealed record PostgresTable(string Name, ImmutableArray<string> Columns, ImmutableArray<int> Values)
{
    private const string Accounts = "accounts", Watermark = "received_through";

    /// <summary>Writes rows of it.</summary>
    public string CopySql => $"COPY {Name} ({string.Join(", ", Columns)}) FROM STDIN (FORMAT BINARY)";

    /// <summary>What holds all columns.</summary>
    public static string Joined(MovedTable table) =>
        table.Name == Accounts ? "accounts LEFT JOIN watermarks ON account_id = id" : table.Name;

    /// <summary>The tables that hold its rows.</summary>
    public static IEnumerable<PostgresTable> PartsOf(MovedTable table)
    {
        var (columns, values) = (table.Columns, Enumerable.Range(0, table.Columns.Length).ToImmutableArray());
        if (table.Name != Accounts) { return [new PostgresTable(table.Name, columns, values)]; }
        var (id, watermark) = (columns.IndexOf("id"), columns.IndexOf(Watermark));
        return
        [
            new PostgresTable(Accounts, columns.RemoveAt(watermark), values.RemoveAt(watermark)),
            new PostgresTable("watermarks", ["account_id", Watermark], [id, watermark]),
        ];
    }
}
