using System.CommandLine;
using System.Globalization;
using JoChat.Protocol;
using JoChat.Storage;
using JoChat.Storage.Postgres;

namespace JoChat.Gateway;

/// <summary><c>jochat-gateway migrate</c>: moves all messages from one engine's place to the other's.</summary>
internal static class MigrateCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="configure">Reads the configuration, which names both places.</param>
    public static Command Create(Func<ParseResult, IConfiguration> configure)
    {
        var to = new Option<string>("--to")
        {
            Description = "Where to: postgres, from the file; or sqlite, to the file",
            HelpName = "ENGINE",
            Required = true,
        };
        to.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string>() is not ("postgres" or "sqlite"))
            {
                given.AddError("--to takes postgres or sqlite");
            }
        });
        var manifest = new Option<string?>("--manifest")
        {
            Description = "File for what was compared: counts and hashes, the same for the same messages in either engine",
            HelpName = "FILE",
        };
        var command = new Command("migrate",
            """
            Moves all accounts and messages between jochat.storage.path and jochat.storage.postgres.connection-string, while
            no gateway runs, and compares both. Ended at any moment, it goes on when it is run again.
            """)
        {
            to, manifest,
        };
        ServerOptions.RefuseOthers(command);
        command.SetAction(parsed => Run(configure(parsed), new MigrateOptions(
            Enum.Parse<StorageEngine>(parsed.GetRequiredValue(to), ignoreCase: true), parsed.GetValue(manifest))));
        return command;
    }

    private static int Run(IConfiguration configuration, MigrateOptions options)
    {
        var settings = Settings.Read(configuration, out var faults, namesBothPlaces: true);
        if (faults.Count > 0) { return GatewayProcess.Fail(2, faults); }
        using var survival = FileSizeSignal.Survive();
        try
        {
            // Before a database is opened: closing this file would release SQLite's locks if it was the same one.
            using var manifest = options.Manifest is { } path ? ManifestFile.Begin(path) : null;
            using var source = OpenSource(settings.Storage, options.To);
            using var target = OpenTarget(settings.Storage, options.To);
            var summary = new Move(source, target, new ProgressLines()).Run(manifest?.Writer);
            if (summary.Differences.Count == 0) { manifest?.Keep(); }
            return Tell(summary, source.Name, target.Name, options.To);
        }
        catch (Exception fault) when (fault is StorageException or StoreLostException or IOException)
        {
            return GatewayProcess.Fail(1, [fault.Message]);
        }
        catch (FormatException fault)
        {
            return GatewayProcess.Fail(2, [$"jochat.storage.postgres.connection-string: {fault.Message}"]);
        }
    }

    private static IMoveSide OpenSource(StorageSettings storage, StorageEngine to) => to is StorageEngine.Postgres
        ? SqliteMoveSide.OpenSource(storage.Path, storage.ChecksAtStart, Skeleton.Of)
        : PostgresMoveSide.OpenSource(storage.ConnectionString);

    private static IMoveSide OpenTarget(StorageSettings storage, StorageEngine to) => to is StorageEngine.Postgres
        ? PostgresMoveSide.OpenTarget(storage.ConnectionString)
        : SqliteMoveSide.OpenTarget(storage.Path, Skeleton.Of);

    private static int Tell(MoveSummary summary, string source, string target, StorageEngine to)
    {
        if (summary.Differences.Count > 0)
        {
            return GatewayProcess.Fail(1,
            [
                .. summary.Differences,
                $"{target} differs from {source} and stays unfinished; run migrate again, which copies everything again",
            ]);
        }
        var setting = to is StorageEngine.Postgres
            ? "set jochat.storage.engine = postgres"
            : "set jochat.storage.engine = sqlite, and jochat.storage.postgres.connection-string no more";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Moved {summary.Accounts} accounts and {summary.Messages} messages ({summary.Pairs} pairs of sender and recipient) "
            + $"from {source} to {target}. The manifest of both is {summary.Hash}"));
        Console.WriteLine($"Next: {setting}, and start no gateway on {source} again: it is a backup now");
        return 0;
    }
}
