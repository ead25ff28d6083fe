using System.Reflection;
using static SQLitePCL.raw;

namespace JoChat.Storage.Tests;

/// <summary>SQLite prepares some statements anew for each value that is bound, which costs more than to run
/// them.</summary>
public sealed class PreparedOnceTests : IDisposable
{
    private const int TimesPreparedAnew = 5; // SQLITE_STMTSTATUS_REPREPARE of sqlite3.h

    private static readonly string[] Verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>All that have a name.</summary>
    public static TheoryData<string> Statements => [.. typeof(SqliteChatStore).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(named => named is { IsLiteral: true, IsPrivate: false } && named.FieldType == typeof(string))
        .Select(named => (string)named.GetRawConstantValue()!) // a literal is never null
        .Where(text => Verbs.Any(verb => text.StartsWith(verb, StringComparison.Ordinal)))];

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_is_prepared_once_whatever_is_bound(string sql)
    {
        SqliteChatStore.Open(_folder.Database).Dispose();
        using var connection = Sqlite.Connect(_folder.Database);
        Assert.Equal(SQLITE_OK, sqlite3_prepare_v2(connection.Handle, sql, out var statement));
        using var prepared = statement;

        for (var run = 1; run <= 3; run++)
        {
            for (var i = 1; i <= sqlite3_bind_parameter_count(statement); i++)
            {
                Assert.Equal(SQLITE_OK, sqlite3_bind_int(statement, i, run));
            }
            sqlite3_step(statement);
            sqlite3_reset(statement);
        }

        Assert.Equal(0, sqlite3_stmt_status(statement, TimesPreparedAnew, 0));
    }
}
