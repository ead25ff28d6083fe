using static SQLitePCL.raw;

namespace JoChat.Storage.Tests;

/// <summary>SQLite prepares some statements anew for each value that is bound, which costs more than to run
/// them.</summary>
public sealed class PreparedOnceTests : IDisposable
{
    private const int TimesPreparedAnew = 5; // SQLITE_STMTSTATUS_REPREPARE of sqlite3.h

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WaitingCounts.FindMarkSql)]
    [InlineData(WaitingCounts.FindSentSql)]
    [InlineData(WaitingCounts.CountSql)]
    [InlineData(MessageSql.ReadWaiting)]
    [InlineData(MessageSql.ReadReceived)]
    [InlineData(MessageSql.MarkReceivedAfter)]
    [InlineData(MessageSql.Delete)]
    [InlineData(ConversationSql.ReadHistory)]
    [InlineData(ConversationSql.ReadLast)]
    [InlineData(ConversationSql.ReadUnordered)]
    [InlineData(ConversationSql.NoteLast)]
    [InlineData(ConversationSql.FallBack)]
    [InlineData(ConversationSql.Rank)]
    [InlineData(ConversationSql.CountUnread)]
    [InlineData(ConversationSql.FindUnread)]
    [InlineData(ConversationSql.MarkRead)]
    [InlineData(ClientIdStatements.FindSql)]
    [InlineData(AccountStatements.FindSql)]
    [InlineData(AccountStatements.MarkSql)]
    [InlineData(TokenStatements.FindSql)]
    [InlineData(TokenStatements.RevokeSql)]
    [InlineData(TokenStatements.RevokeAllSql)]
    [InlineData(AccountSearch.ByKeySql)]
    [InlineData(AccountSearch.ByGramSql)]
    [InlineData(AccountSearch.ProbeSql)]
    [InlineData(TokenStatements.TrimSql)]
    [InlineData(TokenStatements.DeleteExpiredSql)]
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
