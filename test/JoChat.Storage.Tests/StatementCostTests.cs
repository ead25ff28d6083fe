using System.Reflection;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace JoChat.Storage.Tests;

/// <summary>What each statement costs, counted in instructions of SQLite's virtual machine.</summary>
public sealed class StatementCostTests(StatementCostTests.Databases databases)
    : IClassFixture<StatementCostTests.Databases>
{
    private const int VirtualMachineSteps = 4, PreparedAgain = 5; // SQLITE_STMTSTATUS_* of sqlite3.h
    private const int Few = 50, Many = 3000, RowsRead = 5;

    private const string DeleteAccountSql = "DELETE FROM accounts WHERE id = $lonely"; // and looks for what is theirs

    private static readonly string[] Verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

    /// <summary>All that have a name.</summary>
    public static TheoryData<string> Statements =>
    [
        DeleteAccountSql,
        .. typeof(SqliteChatStore).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(named => named is { IsLiteral: true, IsPrivate: false } && named.FieldType == typeof(string))
            .Select(named => (string)named.GetRawConstantValue()!) // a literal is never null
            .Where(text => Verbs.Any(verb => text.StartsWith(verb, StringComparison.Ordinal))),
    ];

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_costs_the_same_however_many_rows_it_does_not_return(string sql)
    {
        var (few, many) = (CountSteps(sql, Few), CountSteps(sql, Many));

        Assert.True(many <= few + 20, $"{few} steps among {Few} rows of each kind, {many} among {Many}");
    }

    [Theory]
    [InlineData(UndeliveredStatements.CountSql)]
    [InlineData(ConversationSql.CountUnread)]
    [InlineData(ConversationSql.FindUnread)]
    [InlineData(NameStatements.ByKeySql)]
    [InlineData(NameStatements.ByGramSql)]
    public void Counts_and_lists_read_an_index_and_not_the_wide_rows(string sql)
    {
        using var connection = databases.Open(Few);

        Assert.Contains(Explain(connection, sql), step => step.Contains("COVERING INDEX", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_is_prepared_once_whatever_is_bound(string sql)
    {
        using var connection = databases.Open(Few);
        using var statement = Prepare(connection, sql);

        for (var run = 1; run <= 3; run++)
        {
            Bind(statement, _ => run);
            sqlite3_step(statement);
            sqlite3_reset(statement);
        }

        Assert.Equal(0, sqlite3_stmt_status(statement, PreparedAgain, 0));
    }

    private int CountSteps(string sql, int size)
    {
        using var connection = databases.Open(size);
        using var statement = Prepare(connection, sql);
        Bind(statement, name => ValueOf(name, sql, size));
        var rows = 0;
        var result = SQLITE_ROW;
        while (result == SQLITE_ROW && rows++ < RowsRead) { result = sqlite3_step(statement); }
        Assert.True(result is SQLITE_ROW or SQLITE_DONE or SQLITE_CONSTRAINT, $"{result}");
        return sqlite3_stmt_status(statement, VirtualMachineSteps, 0);
    }

    private static object ValueOf(string parameter, string sql, int size) => parameter switch
    {
        "$account" or "$sender" or "$one" => size / 2,
        "$other" or "$recipient" or "$reader" => (size / 2) + 1,
        "$lonely" => size + 1,
        "$after" => sql switch
        {
            MessageSql.MarkDeliveredAfter => 2 * size, // it writes all above
            MessageSql.MarkWithheldAfter => 6 * size,
            _ => size + (size / 2),
        },
        "$through" => size + (size / 2) + 4,
        "$limit" => sql == UndeliveredStatements.CountSql ? size : RowsRead, // it reads a range, not a number of rows
        "$count" => RowsRead,
        "$start" => 0,
        "$before" or "$liveAfter" or "$now" => int.MaxValue,
        "$key" or "$low" => "NAME",
        "$high" => "NAMF",
        "$gram" => "AME",
        "$pattern" => "NAME%",
        "$client" => "c1",
        _ => 1,
    };

    private static sqlite3_stmt Prepare(SqliteConnection connection, string sql)
    {
        Assert.Equal(SQLITE_OK, sqlite3_prepare_v2(connection.Handle, sql, out var statement));
        return statement;
    }

    private static void Bind(sqlite3_stmt statement, Func<string, object> valueOf)
    {
        for (var i = 1; i <= sqlite3_bind_parameter_count(statement); i++)
        {
            var value = valueOf(sqlite3_bind_parameter_name(statement, i).utf8_to_string());
            Assert.Equal(SQLITE_OK, value is string text
                ? sqlite3_bind_text(statement, i, Encoding.UTF8.GetBytes(text))
                : sqlite3_bind_int(statement, i, (int)value));
        }
    }

    private static List<string> Explain(SqliteConnection connection, string sql)
    {
        using var statement = Prepare(connection, "EXPLAIN QUERY PLAN " + sql);
        var plan = new List<string>();
        while (sqlite3_step(statement) == SQLITE_ROW) { plan.Add(sqlite3_column_text(statement, 3).utf8_to_string()); }
        return plan;
    }

    /// <summary>A small and a large database with two accounts in the middle of all, who wrote each other in the middle of
    /// all messages.</summary>
    public sealed class Databases : IDisposable
    {
        private readonly TestFolder _folder = new();

        public Databases()
        {
            foreach (var size in (int[])[Few, Many])
            {
                SqliteChatStore.Open(_folder.File($"{size}.db")).Dispose();
                using var connection = Sqlite.Connect(_folder.File($"{size}.db"));
                Fill(connection, size);
            }
        }

        public void Dispose() => _folder.Dispose();

        /// <summary>Opens one of them; what is changed is rolled back.</summary>
        internal SqliteConnection Open(int size)
        {
            var connection = Sqlite.Connect(_folder.File($"{size}.db"));
            connection.Run("PRAGMA foreign_keys = ON; PRAGMA case_sensitive_like = ON; BEGIN");
            return connection;
        }

        private static void Fill(SqliteConnection connection, int size)
        {
            var (ada, bob) = (size / 2, (size / 2) + 1);
            connection.Run($"""
                BEGIN;
                CREATE TEMP TABLE number (i INTEGER PRIMARY KEY);
                INSERT INTO number WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {size})
                    SELECT i FROM n;
                INSERT INTO accounts (id, username, username_key, password_hash, created_at)
                    SELECT i, 'name' || i, 'NAME' || i, 'hash', 0 FROM number;
                INSERT INTO accounts VALUES ({size + 1}, 'lonely', 'LONELY', 'hash', 0, 0, 'lonely');
                INSERT INTO name_grams SELECT 'AME', 'NAME' || i FROM number;
                INSERT INTO messages (id, sender_id, recipient_id, content, sent_at)
                    SELECT i, i, {size} + 1 - i, 'before', 0 FROM number
                    UNION ALL SELECT {size} + i, {ada}, {bob}, 'between', 0 FROM number
                    UNION ALL SELECT 2 * {size} + i, i, {size} + 1 - i, 'behind', 0 FROM number
                    UNION ALL SELECT 3 * {size} + i, {bob}, {ada}, 'answer', 0 FROM number
                    UNION ALL SELECT 6 * {size} - 4, {ada}, {bob}, 'last', 0;
                UPDATE messages SET received = 1 WHERE id = {size} + {size} / 2;
                INSERT INTO conversations (account_id, other_id, last_id)
                    SELECT {ada}, i, 6 * {size} + i FROM number
                    UNION ALL SELECT i, {ada}, i FROM number WHERE i <> {ada};
                UPDATE last_message SET id = 6 * {size}, ordered_through = 6 * {size} - 9;
                INSERT INTO client_ids SELECT {ada}, 'c' || i, i, 0, x'00' FROM number;
                INSERT INTO held_names SELECT 'HELD' || i, i, 'held' || i, '1' FROM number; -- the skeleton that is looked for
                INSERT INTO logins (id, account_id, selector, created_at, used_at, expires_at)
                    SELECT i, i, 's' || i, i, i, i FROM number;
                INSERT INTO login_tokens SELECT CAST(i AS BLOB), i, NULL FROM number
                    UNION ALL SELECT CAST('next' || i AS BLOB), i, i FROM number;
                INSERT INTO blocks SELECT {bob}, i, 0, 0, 0 FROM number WHERE i <> {bob};
                INSERT INTO blocks SELECT i, {ada}, 0, 0, 0 FROM number WHERE i NOT IN ({ada}, {bob});
                INSERT INTO withheld_messages (id, sender_id, recipient_id, content, sent_at)
                    SELECT 4 * {size} + i, {ada}, {bob}, 'withheld', 0 FROM number
                    UNION ALL SELECT 5 * {size} + i, i, {bob}, 'withheld too', 0 FROM number;
                COMMIT;
                """);
        }
    }
}
