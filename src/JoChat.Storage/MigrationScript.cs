using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace JoChat.Storage;

/// <summary>One of a project's embedded <c>Migrations/NNNN_what.sql</c>.</summary>
/// <param name="Number">The schema version that it leads to.</param>
/// <param name="Sql">What it does.</param>
internal sealed record MigrationScript(long Number, string Sql)
{
    private const string Folder = "Migrations/";
    private const int Digits = 4;

    /// <summary>All of a project's, from 1 without gaps.</summary>
    public static ImmutableArray<MigrationScript> AllOf(Assembly project) =>
    [
        .. project.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => Read(project, name)),
    ];

    private static MigrationScript Read(Assembly project, string name)
    {
        using var resource = project.GetManifestResourceStream(name)!; // a name it listed itself
        using var text = new StreamReader(resource);
        return new(long.Parse(name.AsSpan(Folder.Length, Digits), CultureInfo.InvariantCulture), text.ReadToEnd());
    }
}
