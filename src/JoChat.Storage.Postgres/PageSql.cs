namespace JoChat.Storage.Postgres;

/// <summary>Reads no more content than a page may have: content is up to 64 KiB, and what is read must be sent.</summary>
internal static class PageSql
{
    /// <summary>The rows of a query up to the first that exceeds a size.</summary>
    /// <param name="found">A query with the columns <c>id</c> and <c>content</c>.</param>
    /// <param name="order"><c>ASC</c> or <c>DESC</c>, by <c>id</c>.</param>
    /// <param name="maxBytes">The parameter with the size, measured as by <see cref="ByteBudget"/>.</param>
    public static string Within(string found, string order, string maxBytes) => $"""
        SELECT *
        FROM (
          SELECT *, sum(octet_length(content) + 100) OVER (ORDER BY id {order}) - octet_length(content) - 100 AS bytes_before
          FROM ({found}) AS found) AS measured
        WHERE bytes_before <= {maxBytes}
        """;
}
