using System.CommandLine;

namespace JoChat.Load;

/// <summary>The options that several commands have, and how a number with bounds is made.</summary>
internal sealed class CommonOptions
{
    public Option<int> Runs { get; } = Number("--runs", "How often; the table shows medians", 1, 1, 20);

    public Option<int> InFlight { get; } = Number("--in-flight", "Unanswered sends each sender keeps", 32, 1, 256);

    public Option<DirectoryInfo> Folder { get; } = new Option<DirectoryInfo>("--folder")
    {
        Description = "Where the databases are; where something is measured, on a disk",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()),
    }.AcceptExistingOnly();

    public Option<string> Store { get; } = new Option<string>("--store")
    {
        Description = "What keeps the messages: sqlite, or postgres, a server of its own",
        HelpName = "NAME",
        DefaultValueFactory = _ => "sqlite",
    }.AcceptOnlyFromAmong("sqlite", "postgres");

    public Option<int> Gateways { get; } =
        Number("--gateways", "So many gateways and one store, each a process, beside one alone; 0: only that", 0, 0, 4);

    public Option<FileInfo?> Json { get; } = new("--json")
    {
        Description = "Also writes the figures of every run to a file",
        HelpName = "FILE",
    };

    /// <summary>How often, where and whereto as the command line says; the rest as usual.</summary>
    public LoadOptions Read(ParseResult parsed) => new()
    {
        Runs = parsed.GetValue(Runs),
        Folder = parsed.GetValue(Folder)!.FullName,
        Json = parsed.GetValue(Json)?.FullName,
        OnPostgres = parsed.GetValue(Store) == "postgres",
        Gateways = parsed.GetValue(Gateways),
    };

    public static Option<int> Number(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name)
        {
            Description = FormattableString.Invariant($"{description}, {least} to {most}"),
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            {
                result.AddError(FormattableString.Invariant($"{name} takes {least} to {most}, not {value}"));
            }
        });
        return option;
    }
}
