using System.Text.RegularExpressions;

namespace JoChat.Storage.Tests;

/// <summary>No call about one account reads the rows of others, and none sorts.</summary>
public sealed partial class QueryPlanTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(AccountStatements.FindSql)]
    [InlineData(AccountStatements.MarkSql)]
    [InlineData(MessageSql.CountWaiting)]
    [InlineData(MessageSql.ReadWaiting)]
    [InlineData(MessageSql.ReadReceived)]
    [InlineData(MessageSql.MarkReceivedAfter)]
    [InlineData(MessageSql.Delete)]
    [InlineData("SELECT 1 FROM messages WHERE sender_id = $account")] // what the cascade looks for
    [InlineData("SELECT 1 FROM messages WHERE recipient_id = $account")]
    public void A_statement_finds_its_rows_by_an_index(string sql)
    {
        var plan = Explain(sql);

        Assert.NotEmpty(plan);
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public void Waiting_messages_are_counted_from_the_index_alone()
    {
        var plan = Explain(MessageSql.CountWaiting);

        Assert.StartsWith(
            "SEARCH messages USING COVERING INDEX messages_by_recipient", plan[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_are_listed_in_the_order_of_their_index()
    {
        var plan = Explain(AccountStatements.ListSql);

        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

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
