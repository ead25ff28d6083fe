namespace JoChat.Storage.Tests;

/// <summary>The contract's <c>[Fact]</c>, which here needs PostgreSQL: the compiler prefers the one of the own
/// namespace.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactAttribute : Xunit.FactAttribute
{
    public FactAttribute()
    {
        if (PostgresPrograms.Folder is null) { Skip = PostgresPrograms.HowToGetThem; }
    }
}

/// <summary>The same for a test with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryAttribute : Xunit.TheoryAttribute
{
    public TheoryAttribute()
    {
        if (PostgresPrograms.Folder is null) { Skip = PostgresPrograms.HowToGetThem; }
    }
}
