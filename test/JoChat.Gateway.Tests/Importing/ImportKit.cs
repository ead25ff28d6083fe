using System.Text.Json.Nodes;
using JoChat.Actors;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Gateway.Tests;

/// <summary>A database of the original, and what is imported of it.</summary>
internal sealed class ImportKit : IDisposable, IMoveProgress
{
    private readonly TemporaryFolder _folder = new();
    private readonly ImportedDatabase _target;
    private readonly OriginalDatabase _original;
    private readonly StringWriter _report = new();

    /// <param name="sql">What is in it.</param>
    /// <param name="schema">Its schema.</param>
    public ImportKit(string sql, string schema = OriginalFiles.Schema)
    {
        OriginalFiles.Make(_folder.File("original.db"), schema + sql);
        _target = ImportedDatabase.Create(_folder.File("new.db"), Skeleton.Of);
        _original = OriginalDatabase.Open(_folder.File("original.db"), _target.Beside);
        Import = new OriginalImport(_original, _target, new PasswordOptions { Iterations = 1 }, this);
        Report = new ImportReport(_report);
    }

    public OriginalImport Import { get; }

    public ImportReport Report { get; }

    /// <summary>What is wrong with the file of renames.</summary>
    public List<string> Faults { get; } = [];

    public DateTimeOffset LastWritten => _original.LastWritten;

    /// <summary>An original whose users have these names, with the ids 1, 2 and so on.</summary>
    public static ImportKit WithNames(params string[] names) => new(string.Concat(names.Select((name, i) =>
        FormattableString.Invariant($"INSERT INTO users (id, username, password_hash) VALUES ({i + 1}, {Sql(name)}, 'h');"))),
        OriginalFiles.LooseSchema);

    /// <summary>A text as SQL.</summary>
    public static string Sql(string text) => $"CAST(x'{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text))}' AS TEXT)";

    public TakenNames Plan(params string[] renames)
    {
        if (renames.Length == 0) { return Import.PlanNames(null, Faults); }
        File.WriteAllLines(_folder.File("renames"), renames);
        return Import.PlanNames(_folder.File("renames"), Faults);
    }

    /// <summary>Imports with the names that are proposed.</summary>
    /// <returns>The store, which the caller disposes of, and the lines of the report behind the first.</returns>
    public (SqliteChatStore Store, List<JsonNode> Report) Run()
    {
        var taken = Plan();
        var proposals = new NameProposals(taken);
        foreach (var account in Import.Accounts.Where(account => account.Name is null))
        {
            taken.Give(account, proposals.Propose(account.Original.Name.Text));
        }
        Import.Run(Report);
        _target.Keep();
        var lines = _report.ToString().TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal("import", (string?)lines[0]["kind"]);
        return (SqliteChatStore.Open(_folder.File("new.db"), isChecked: true, Skeleton.Of), lines[1..]);
    }

    public void Note(string text)
    {
    }

    void IMoveProgress.Report(string table, string done, long rows)
    {
    }

    public void Dispose()
    {
        _original.Dispose();
        _target.Dispose();
        _folder.Dispose();
        _report.Dispose();
    }
}
