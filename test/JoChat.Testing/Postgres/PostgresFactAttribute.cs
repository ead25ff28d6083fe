namespace JoChat.Testing;

/// <summary>A test with a real PostgreSQL; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresPrograms.Folder is null) { Skip = PostgresPrograms.HowToGetThem; }
    }
}

/// <summary>The same for a test with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute()
    {
        if (PostgresPrograms.Folder is null) { Skip = PostgresPrograms.HowToGetThem; }
    }
}
