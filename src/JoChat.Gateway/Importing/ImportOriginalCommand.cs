using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Gateway;

/// <summary><c>jochat-gateway import-original</c>: makes a new database of one of the original JoChat.</summary>
internal sealed class ImportOriginalCommand
{
    private readonly Argument<string> _original = new("FILE")
    {
        Description = "The original's database, usually chat.db; it is only read",
    };

    private readonly Option<string?> _renames = new("--rename")
    {
        Description = "File with new names for accounts, such as this command proposes on stdout",
        HelpName = "FILE",
    };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "File for what was not imported as it was (default: the new one's with .import-report.jsonl)",
        HelpName = "FILE",
    };

    private ImportOriginalCommand() { }

    /// <summary>Makes the command.</summary>
    /// <param name="configure">Reads the settings.</param>
    public static Command Create(Func<ParseResult, IConfiguration> configure) =>
        new ImportOriginalCommand().CreateCommand(configure);

    /// <summary>Runs it.</summary>
    /// <param name="configuration">Names the new database.</param>
    /// <param name="options">What was asked for.</param>
    /// <returns>The exit status.</returns>
    public static int Run(IConfiguration configuration, ImportOptions options)
    {
        var settings = Settings.Read(configuration, out var faults);
        if (faults.Count > 0) { return GatewayProcess.Fail(2, faults); }
        using var survival = FileSizeSignal.Survive();
        try
        {
            using var target = ImportedDatabase.Create(settings.Storage.Path, Skeleton.Of);
            using var original = OriginalDatabase.Open(options.File, target.Beside);
            using var file = ReportFile.Begin(
                options.Report ?? target.Path + ".import-report.jsonl", target.Path, original.Path);
            var import = new OriginalImport(original, target, settings.Chat.Passwords, new ProgressLines());
            if (!TryName(import, options)) { return 1; }
            var report = new ImportReport(file.Writer);
            import.Run(report);
            Keep(original, target, file);
            Tell(import, report, original, settings.Storage with { Path = target.Path }, file.Path);
            return 0;
        }
        catch (Exception fault) when (fault is StorageException or StoreLostException
            or IOException or UnauthorizedAccessException)
        {
            return GatewayProcess.Fail(1, [fault.Message]);
        }
    }

    private Command CreateCommand(Func<ParseResult, IConfiguration> configure)
    {
        var command = new Command("import-original",
            """
            Makes a new database, at jochat.storage.path, of a database of the original JoChat, while its server does not run.
            People log in with their old names and passwords, and find their messages. Accounts whose names are not allowed
            get new ones: it asks for each at a terminal; else it proposes them on stdout and imports nothing without --rename.
            Exit status: 0 imported, 1 could not be imported, or names are missing, 2 wrong usage or settings.
            """)
        {
            _original, _renames, _report,
        };
        command.SetAction(parsed => Run(configure(parsed), new ImportOptions(
            parsed.GetRequiredValue(_original), parsed.GetValue(_renames), parsed.GetValue(_report))));
        _original.Validators.Add(given => AddFaultOfPath(given, given.GetValueOrDefault<string>(), "FILE"));
        _renames.Validators.Add(given => AddFaultOfPath(given, given.GetValueOrDefault<string>(), "--rename"));
        _report.Validators.Add(given => AddFaultOfPath(given, given.GetValueOrDefault<string>(), "--report"));
        return command;
    }

    private static void AddFaultOfPath(SymbolResult given, string? path, string place)
    {
        if (path is "") { given.AddError($"{place} takes the path of a file"); }
    }

    // The report first: with the database in its place, this is done.
    private static void Keep(OriginalDatabase original, ImportedDatabase target, ReportFile report)
    {
        report.Finish();
        var isReportKept = false;
        try
        {
            target.Keep(() =>
            {
                original.EnsureUnchanged();
                isReportKept = true;
                report.Keep();
            });
        }
        finally
        {
            if (isReportKept && !target.IsKept) { report.Withdraw(); }
        }
    }

    // Nothing is written before every account has a name.
    private static bool TryName(OriginalImport import, ImportOptions options)
    {
        var faults = new List<string>();
        var taken = import.PlanNames(options.Renames, faults);
        if (faults.Count > 0)
        {
            GatewayProcess.Fail(1, [.. faults, "nothing was imported"]);
            return false;
        }
        var proposals = new NameProposals(taken);
        var questions = Console.IsInputRedirected ? null : new RenameQuestions(Console.In, Console.Error, taken);
        PlannedAccount[] unnamed = [.. import.Accounts.Where(account => account.Name is null)];
        foreach (var account in unnamed)
        {
            var proposal = proposals.Propose(account.Original.Name.Text);
            var name = questions is null ? proposal : questions.Ask(account, proposal);
            if (name is null)
            {
                GatewayProcess.Fail(1, ["nothing was imported"]);
                return false;
            }
            if (questions is null) { Console.WriteLine(RenameFile.Line(account, proposal)); }
            taken.Give(account, name);
        }
        if (questions is not null || unnamed.Length == 0) { return true; }
        var next = options.Renames is { } file
            ? $"add these lines to {file}, change what you like, and run this again"
            : "write that to a file, change what you like, and run this again with --rename FILE";
        GatewayProcess.Fail(1,
        [
            string.Create(CultureInfo.InvariantCulture, $"{unnamed.Length} accounts cannot keep their names, and nothing was ")
            + $"imported. On stdout is a new name for each: {next}",
        ]);
        return false;
    }

    private static void Tell(
        OriginalImport import, ImportReport report, OriginalDatabase original, StorageSettings storage, string reportPath)
    {
        var accounts = import.Accounts;
        var renamed = accounts.Count(account => account.HasNewName);
        var (messages, delivered) = report.Messages;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Imported {accounts.Count} accounts and {messages} messages from {original.Path} into {storage.Path}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Accounts: {accounts.Count - renamed} kept their names, {renamed} have new ones; "
            + $"{accounts.Count(account => account.IsLocked)} cannot log in"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Messages: {delivered} delivered, {messages - delivered} sent while away; {report.Changed} were changed, "
            + $"{report.LeftOut} left out"));
        if (report.Others > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{report.Others} tables and columns that the original does not have were not read"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"The original kept no times: all count as sent when its file was last written to, {original.LastWritten:u}"));
        Console.WriteLine($"Each new name, change and message that was left out is in {reportPath}, in full");
        Console.WriteLine(storage.Engine is StorageEngine.Postgres
            ? "Next: jochat-gateway migrate --to postgres, with the same settings"
            : $"Next: jochat-gateway --db {storage.Path}");
    }
}
