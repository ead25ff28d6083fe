namespace JoChat.Storage.Postgres.Tests;

/// <summary>From older schemas to the newest.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void There_is_a_dump_of_each_schema_before_the_newest()
    {
        Assert.Equal(Enumerable.Range(1, (int)Schema.Newest - 1), OldDatabases.Postgres); // if not, see its README.md
    }
}
