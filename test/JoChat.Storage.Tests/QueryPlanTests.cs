using System.Text.RegularExpressions;

namespace JoChat.Storage.Tests;

/// <summary>No call about one account reads the rows of others, and none sorts.</summary>
public sealed partial class QueryPlanTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(AccountStatements.FindSql)]
    [InlineData(AccountStatements.AdvanceWatermarkSql)]
    [InlineData(AccountSearch.ByKeySql)]
    [InlineData(AccountSearch.ByGramSql)]
    [InlineData(TrigramIndex.DeleteSql)]
    [InlineData(UndeliveredCountCache.FindWatermarkSql)]
    [InlineData(UndeliveredCountCache.FindSentSql)]
    [InlineData(MessageSql.ReadUndelivered)]
    [InlineData(MessageSql.ReadDelivered)]
    [InlineData(MessageSql.MarkDeliveredAfter)]
    [InlineData(MessageSql.Delete)]
    [InlineData(ConversationSql.ReadHistory)]
    [InlineData(ConversationSql.ReadLast)]
    [InlineData(ConversationSql.FindUnread)]
    [InlineData(ConversationIndexer.RecomputeLastSql)]
    [InlineData(ConversationIndexer.ReadUnindexedSql)]
    [InlineData(ClientIdStatements.FindSql)]
    [InlineData(TokenStatements.FindSql)]
    [InlineData(TokenStatements.RevokeSql)]
    [InlineData(TokenStatements.RevokeAllSql)]
    [InlineData(TokenStatements.TrimSql)]
    [InlineData(TokenStatements.DeleteExpiredSql)]
    [InlineData("SELECT 1 FROM messages WHERE sender_id = $account")] // what the cascade looks for
    [InlineData("SELECT 1 FROM messages WHERE recipient_id = $account")]
    [InlineData("SELECT 1 FROM conversations WHERE account_id = $account")]
    [InlineData("SELECT 1 FROM conversations WHERE other_id = $account")]
    [InlineData("SELECT 1 FROM client_ids WHERE sender_id = $account")]
    public void A_statement_finds_its_rows_by_an_index(string sql)
    {
        var plan = Explain(sql);

        Assert.NotEmpty(plan);
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public void Waiting_messages_are_counted_by_a_range_of_the_index_alone_and_in_its_order()
    {
        var plan = Explain(UndeliveredCountCache.CountSql);

        Assert.Contains(
            "SEARCH messages USING COVERING INDEX messages_by_recipient (recipient_id=? AND id>? AND id<?)", plan);
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN messages", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(AccountSearch.ByKeySql)]
    [InlineData(AccountSearch.ByGramSql)]
    public void Accounts_are_listed_without_a_look_at_their_table(string sql)
    {
        Assert.Contains(Explain(sql), step => step.Contains(
            "USING COVERING INDEX accounts_by_name (username_key", StringComparison.Ordinal));
    }

    [Fact]
    public void Messages_received_alone_are_found_among_those_that_wait_by_an_index_of_their_own()
    {
        var plan = Explain(MessageSql.ReadDelivered);

        Assert.Contains(plan, step => step.Contains("messages_received_alone", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ConversationSql.FindUnread, "rowid>? AND rowid<?")]
    [InlineData(ConversationSql.CountUnread, "rowid>?")]
    public void Unread_messages_are_found_by_a_range_of_the_index_alone(string sql, string range)
    {
        var plan = Explain(sql);

        Assert.Contains(plan, step => IsWalkOverPair(step, "COVERING INDEX", range));
    }

    [Fact]
    public void A_history_is_two_walks_over_the_index_of_pairs()
    {
        var plan = Explain(ConversationSql.ReadHistory);

        Assert.Equal(2, plan.Count(step => IsWalkOverPair(step, "INDEX", "rowid<?")));
    }

    [Fact]
    public void The_newest_conversations_are_found_in_their_order_beside_the_few_newest_messages()
    {
        var plan = Explain(ConversationSql.Rank);

        Assert.Contains(plan, step => step.EndsWith(
            "USING COVERING INDEX conversations_by_last (account_id=? AND last_id>? AND last_id<?)",
            StringComparison.Ordinal));
        Assert.Contains("SEARCH messages USING INTEGER PRIMARY KEY (rowid>?)", plan);
        // What else it scans and sorts are those messages.
        Assert.All(plan.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal)),
            step => Assert.Contains(step, (string[])["SCAN last_message", "SCAN newest"]));
    }

    [Fact]
    public void Accounts_that_contain_a_text_are_walked_in_the_order_of_their_names()
    {
        const string Range = "USING PRIMARY KEY (gram=? AND username_key>? AND username_key<?)";

        Assert.Equal("SEARCH name " + Range, Explain(AccountSearch.ByGramSql)[0]);
        Assert.Contains("SEARCH name_grams " + Range, Explain(AccountSearch.ProbeSql));
    }

    private static bool IsWalkOverPair(string step, string index, string range) => step.EndsWith(
        $"USING {index} messages_by_pair (sender_id=? AND recipient_id=? AND {range})", StringComparison.Ordinal);

    private List<string> Explain(string sql)
    {
        SqliteChatStore.Open(_folder.Database).Dispose();
        using var connection = Sqlite.Connect(_folder.Database);
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Parameter().Matches(sql).Select(match => match.Value).Distinct())
        {
            command.Parameters.AddWithValue(name, 1);
        }
        using var rows = command.ExecuteReader();
        var plan = new List<string>();
        while (rows.Read())
        {
            plan.Add(rows.GetString(3));
        }
        return plan;
    }

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Parameter();
}
