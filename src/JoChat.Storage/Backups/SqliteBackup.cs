using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Backups of an SQLite database: a copy of the file, made while a gateway serves, and a manifest beside it.
/// </summary>
/// <remarks>Every call may throw <see cref="StorageException"/> and <see cref="IOException"/>.</remarks>
public static class SqliteBackup
{
    private const string Unfinished = ".part";

    /// <summary>Where the manifest of a backup is.</summary>
    public static string ManifestOf(string backup) => backup + ".manifest";

    /// <summary>Makes a backup: all that was acknowledged before is in it. The copy is checked before it gets its name.
    /// </summary>
    /// <param name="database">The database, which a gateway may use.</param>
    /// <param name="backup">The file of the copy; it must not be there.</param>
    /// <param name="madeBy">The version of this program.</param>
    /// <param name="now">The time that the manifest tells.</param>
    /// <param name="progress">Hears how far it has come.</param>
    public static MoveSummary Make(
        string database, string backup, string madeBy, DateTimeOffset now, IMoveProgress progress)
    {
        var (manifest, copy) = (ManifestOf(backup), backup + Unfinished);
        if (Path.Exists(backup)) { throw Refused($"{backup} is there already; name another file for the backup"); }
        if (Path.Exists(manifest) && !BackupManifest.IsOne(manifest))
        {
            throw Refused($"{manifest} is there already and is no manifest; name another file for the backup");
        }
        using var file = SyncedFile.TryCreateAlone(copy)
            ?? throw Refused($"another backup to {backup} is being made; wait for it, or name another file");
        try
        {
            OnlineCopy.Make(database, copy, file, progress);
            if (!OperatingSystem.IsLinux()) { file.Dispose(); } // Windows moves nothing that is open
            var summary = Describe(copy, manifest + Unfinished, madeBy, now, progress);
            File.Move(manifest + Unfinished, manifest, overwrite: true); // one without its copy is of a run that was killed
            File.Move(copy, backup); // the last step: who finds it finds a whole one
            SyncedFile.SyncFolderOf(backup);
            return summary;
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Translate(fault, "copy to", backup);
        }
        finally
        {
            File.Delete(copy);
            File.Delete(manifest + Unfinished);
        }
    }

    /// <summary>Checks that a backup is what was written: each byte, that SQLite can use it, and what each conversation
    /// holds.</summary>
    /// <param name="backup">The file of the copy; it is only read.</param>
    /// <param name="progress">Hears how far it has come.</param>
    /// <returns>What is in it, and when it was made. Its differences are all that is wrong.</returns>
    public static (MoveSummary Summary, DateTimeOffset MadeAt) Verify(string backup, IMoveProgress progress)
    {
        var manifest = ReadManifest(backup);
        var faults = new List<string>();
        var (bytes, hash) = HashOf(backup);
        if (bytes != manifest.Bytes)
        {
            faults.Add(FormattableString.Invariant(
                $"{backup} has {bytes} bytes, and had {manifest.Bytes} when it was made"));
        }
        else if (hash != manifest.Hash)
        {
            faults.Add($"{backup} has changed since it was made: its SHA-256 is {hash}, and was {manifest.Hash}");
        }
        try
        {
            using var file = BackupFile.Open(backup);
            faults.AddRange(file.FindFaults());
            using var comparison = new ManifestComparison(writer: null, "the manifest", "the file");
            var summary = comparison.Run(manifest.ReadLines(file.Tables), Manifest.Of(file, file.Tables, progress));
            return (summary with { Differences = [.. faults, .. summary.Differences] }, manifest.MadeAt);
        }
        catch (Exception fault) when (faults.Count > 0 && fault is SqliteException or StorageException)
        {
            return (new MoveSummary(0, 0, 0, hash, faults), manifest.MadeAt); // what it cannot be read for is known
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Translate(fault, "read", backup);
        }
    }

    /// <summary>Puts a backup in the place of a database, for a gateway to use it.</summary>
    /// <remarks>The numbers of messages, accounts and logins go on above those in the backup and those given since, which
    /// clients remember.</remarks>
    /// <param name="backup">The file of the copy; it is only read.</param>
    /// <param name="database">Where to; nothing may be there.</param>
    /// <param name="above">The highest id of a message that was given since; null if it is not known: then it must be less
    /// than a million above the highest in the backup.</param>
    /// <param name="skeletonOf">What usernames that look alike have in common, for the migrations of an old schema.</param>
    /// <returns>When the backup was made, and above which id new messages are.</returns>
    public static (DateTimeOffset MadeAt, long Above) Restore(
        string backup, string database, long? above, Func<string, string> skeletonOf)
    {
        var manifest = ReadManifest(backup);
        var path = Path.GetFullPath(database);
        DatabaseFile.CheckPath(path);
        foreach (var taken in (string[])[path, path + "-wal", path + "-journal"])
        {
            if (Path.Exists(taken)) { throw Refused($"{taken} is there already; move it away, and keep it"); }
        }
        var unfinished = path + Unfinished;
        try
        {
            Copy(backup, unfinished, manifest);
            var from = RestoredDatabase.Prepare(unfinished, above, skeletonOf);
            if (File.Exists(unfinished + "-wal")) { throw Refused($"cannot write {unfinished}: {DiskSpace.Full}"); }
            File.Move(unfinished, path);
            SyncedFile.SyncFolderOf(path);
            return (manifest.MadeAt, from);
        }
        finally
        {
            foreach (var file in (string[])[unfinished, unfinished + "-wal", unfinished + "-shm", unfinished + "-lock"])
            {
                File.Delete(file);
            }
        }
    }

    private static MoveSummary Describe(
        string copy, string manifest, string madeBy, DateTimeOffset now, IMoveProgress progress)
    {
        var (bytes, hash) = HashOf(copy);
        using var file = BackupFile.Open(copy);
        if (file.FindFaults() is { Count: > 0 } faults) { throw SqliteFault.Damaged(copy, faults[0]); }
        using var writer = BackupManifest.Begin(manifest, now, madeBy, bytes, hash);
        using var sum = new ManifestComparison(writer.Lines, "", "");
        var summary = sum.Run(Manifest.Of(file, file.Tables, progress));
        writer.Seal();
        return summary;
    }

    private static BackupManifest ReadManifest(string backup)
    {
        if (!File.Exists(backup)) { throw Refused($"there is no file {backup}"); }
        var manifest = ManifestOf(backup);
        return File.Exists(manifest)
            ? BackupManifest.Read(manifest)
            : throw Refused($"there is no {manifest}: a backup is both files, and without it nobody can tell whether the "
                + "other is whole");
    }

    private static (long Bytes, string Hash) HashOf(string file)
    {
        using var bytes = File.OpenRead(file);
        return (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static void Copy(string backup, string target, BackupManifest manifest)
    {
        using var source = File.OpenRead(backup);
        using var copy = SyncedFile.Create(target);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var part = new byte[1024 * 1024];
        for (int read; (read = source.Read(part)) > 0;)
        {
            hash.AppendData(part, 0, read);
            copy.Write(part, 0, read);
        }
        copy.Flush(flushToDisk: true);
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != manifest.Hash)
        {
            throw Refused($"{backup} is not as it was written; see jochat-gateway verify {backup}");
        }
    }

    private static StorageException Refused(string message) => new(message, isTransient: false);
}
