using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Gateway;

/// <summary><c>backup</c>, <c>verify</c> and <c>restore</c>: a copy of an SQLite database and its way back.</summary>
/// <remarks>They are processes of their own, beside the server: who runs them may write where the server may not, and
/// they work without it too.</remarks>
internal static class BackupCommands
{
    /// <summary>Makes <c>backup</c>.</summary>
    /// <param name="configure">Reads the configuration, which names the database.</param>
    public static Command CreateBackup(Func<ParseResult, IConfiguration> configure)
    {
        var file = FileArgument("File for the copy, which must not be there; FILE.manifest is written beside it");
        var command = new Command("backup",
            """
            Copies the database jochat.storage.path, also while a server uses it, and checks the copy.
            Exit status: 0 done, 1 could not be done, 2 wrong usage or settings.
            """)
        {
            file,
        };
        ServerOptions.RefuseOthers(command);
        command.SetAction(parsed => Run(() => ReadPlace(configure(parsed), "pg_dump", storage =>
            Backup(storage.Path, parsed.GetRequiredValue(file), parsed.InvocationConfiguration.Output))));
        return command;
    }

    /// <summary>Makes <c>verify</c>.</summary>
    public static Command CreateVerify()
    {
        var file = FileArgument("The copy that backup has written; FILE.manifest must be beside it");
        var command = new Command("verify",
            """
            Checks a backup: each byte, its tables and indexes, and what each conversation holds, against its manifest.
            Exit status: 0 it is as it was written, 1 it is not, 2 wrong usage.
            """)
        {
            file,
        };
        ServerOptions.RefuseAll(command, command.Name);
        command.SetAction(parsed =>
            Run(() => Verify(parsed.GetRequiredValue(file), parsed.InvocationConfiguration.Output)));
        return command;
    }

    /// <summary>Makes <c>restore</c>.</summary>
    /// <param name="configure">Reads the configuration, which names the database.</param>
    public static Command CreateRestore(Func<ParseResult, IConfiguration> configure)
    {
        var file = FileArgument("The copy that backup has written; FILE.manifest must be beside it");
        var command = new Command("restore",
            """
            Puts a backup in the place of the database jochat.storage.path, where nothing may be.
            Exit status: 0 done, 1 could not be done, 2 wrong usage or settings.
            """)
        {
            file,
        };
        var above = new Option<long?>("--above")
        {
            Description = "The last id that the server has given a message, if that is known (default: the backup's and a million)",
            HelpName = "ID",
        };
        above.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<long?>() is < 0) { given.AddError("--above takes the id of a message"); }
        });
        command.Options.Add(above);
        ServerOptions.RefuseOthers(command);
        command.SetAction(parsed => Run(() => ReadPlace(configure(parsed), "pg_restore", storage => Restore(
            parsed.GetRequiredValue(file), storage.Path, parsed.GetValue(above), parsed.InvocationConfiguration.Output))));
        return command;
    }

    private static int Backup(string database, string file, TextWriter output)
    {
        Process.GetCurrentProcess().PriorityClass = ProcessPriorityClass.Idle; // the server goes before it
        var summary = SqliteBackup.Make(
            database, file, ProgramVersion.Text, TimeProvider.System.GetUtcNow(), new ProgressLines());
        output.WriteLine($"Copied {Tell(summary)} to {file}; {SqliteBackup.ManifestOf(file)} belongs to it");
        return 0;
    }

    private static int Verify(string file, TextWriter output)
    {
        var (summary, madeAt) = SqliteBackup.Verify(file, new ProgressLines());
        if (summary.Differences.Count > 0) { return GatewayProcess.Fail(1, summary.Differences); }
        output.WriteLine($"{file} is as it was made on {Tell(madeAt)}: {Tell(summary)}");
        return 0;
    }

    private static int Restore(string file, string database, long? above, TextWriter output)
    {
        var (madeAt, from) = SqliteBackup.Restore(file, database, above, Skeleton.Of);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Path.GetFullPath(database)} is the database as it was on {Tell(madeAt)}; new messages have ids above {from}. ")
            + "Next: start the server");
        return 0;
    }

    private static int ReadPlace(IConfiguration configuration, string tool, Func<StorageSettings, int> run)
    {
        var settings = Settings.Read(configuration, out var faults);
        if (faults.Count > 0) { return GatewayProcess.Fail(2, faults); }
        return settings.Storage.Engine is StorageEngine.Sqlite
            ? run(settings.Storage)
            : GatewayProcess.Fail(2, [$"jochat.storage.engine is postgres, whose own {tool} is made for this; see docs/operations.md"]);
    }

    private static int Run(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (fault is StorageException or IOException or UnauthorizedAccessException)
        {
            return GatewayProcess.Fail(1, [fault.Message]);
        }
    }

    private static Argument<string> FileArgument(string description)
    {
        var file = new Argument<string>("FILE") { Description = description };
        file.Validators.Add(given =>
        {
            if (string.IsNullOrWhiteSpace(given.GetValueOrDefault<string>())) { given.AddError("FILE is the path of a file"); }
        });
        return file;
    }

    private static string Tell(MoveSummary summary) => string.Create(CultureInfo.InvariantCulture,
        $"{summary.Accounts} accounts and {summary.Messages} messages ({summary.Pairs} pairs of sender and recipient)");

    private static string Tell(DateTimeOffset madeAt) =>
        madeAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
