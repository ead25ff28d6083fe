using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace JoChat.Storage.Postgres;

/// <summary>SQL with positional parameters. What comes again is prepared, by Npgsql.</summary>
internal static class Sql
{
    /// <summary>A command with a value for each of <c>$1</c>, <c>$2</c>…: numbers, texts (<see cref="StoredText"/>), bytes, and
    /// lists of these; null is a text or a number that is missing.</summary>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) { command.Parameters.Add(ParameterOf(value)); }
        return command;
    }

    /// <summary>Runs a command to completion.</summary>
    /// <returns>How many rows it changed.</returns>
    public static int Execute(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null if there is no row, or it is null.</summary>
    public static object? ReadScalar(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>All rows.</summary>
    public static List<T> ReadAll<T>(
        this NpgsqlConnection connection, Func<NpgsqlDataReader, T> read, string sql, params ReadOnlySpan<object?> values)
    {
        var all = new List<T>();
        using var command = connection.Command(sql, values);
        using var rows = command.ExecuteReader();
        while (rows.Read()) { all.Add(read(rows)); }
        return all;
    }

    /// <summary>A text of a row.</summary>
    public static string GetText(this NpgsqlDataReader rows, int column) => StoredText.Read(rows.GetString(column));

    /// <summary>A text of a row, or null.</summary>
    public static string? GetTextOrNull(this NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetText(column);

    /// <summary>The content of a message, which is stored in UTF-8.</summary>
    public static string GetContent(this NpgsqlDataReader rows, int column) =>
        Encoding.UTF8.GetString(rows.GetFieldValue<byte[]>(column));

    /// <summary>A time of a row, in UTC.</summary>
    public static DateTimeOffset GetTime(this NpgsqlDataReader rows, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(column));

    private static NpgsqlParameter ParameterOf(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        string text => new NpgsqlParameter<string> { TypedValue = StoredText.Write(text), NpgsqlDbType = NpgsqlDbType.Text },
        _ => new NpgsqlParameter { Value = value },
    };
}
