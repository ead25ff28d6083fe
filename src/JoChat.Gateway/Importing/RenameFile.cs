using System.Text;
using System.Text.Json;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary>The file of <c>--rename</c>: in each line an object that says which name an account gets. The proposals of a run
/// without it are such lines.</summary>
internal static class RenameFile
{
    private const long MaxBytes = 64 * 1024 * 1024;
    private const char ByteOrderMark = '\uFEFF'; // some editors begin a file with it
    private const string Id = "id", Old = "name", New = "new_name", Why = "why";

    /// <summary>A line that proposes a name.</summary>
    public static string Line(PlannedAccount account, Username proposal) => ImportJson.Line(
        (Id, account.Id.Value), (Old, account.OldName), (New, proposal.Text), (Why, account.WhyNot));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="accounts">All accounts.</param>
    /// <param name="faults">Gets what is wrong, with the number of the line.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static List<Rename> Read(string path, IEnumerable<PlannedAccount> accounts, List<string> faults)
    {
        var byId = accounts.ToDictionary(account => account.Id.Value);
        var renames = new Dictionary<long, Rename>();
        var number = 0;
        foreach (var line in ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) { continue; }
            var place = FormattableString.Invariant($"{path}({number})");
            if (Parse(line, place, byId, out var rename) is { } fault) { faults.Add($"{place}: {fault}"); }
            else if (!renames.TryAdd(rename!.Account.Id.Value, rename))
            {
                faults.Add(FormattableString.Invariant(
                    $"{place}: account {rename.Account.Id.Value} is in {renames[rename.Account.Id.Value].Place} already"));
            }
        }
        return [.. renames.Values];
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            var bytes = new byte[Math.Min(MaxBytes, 4096)];
            using var read = new MemoryStream();
            for (int count; (count = file.Read(bytes)) > 0;)
            {
                if (read.Length + count > MaxBytes) { throw new IOException("it is longer than 64 MiB"); }
                read.Write(bytes, 0, count);
            }
            return Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length).TrimStart(ByteOrderMark).Split('\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"cannot read {path}: {fault.Message}", fault);
        }
    }

    private static string? Parse(
        string line, string place, Dictionary<long, PlannedAccount> accounts, out Rename? rename)
    {
        rename = null;
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object) { return Expected; }
            if (root.EnumerateObject().FirstOrDefault(member => member.Name is not (Id or Old or New or Why)) is
                { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            {
                return $"there is no member {ImportJson.Quote(unknown.Name)}; {Expected}";
            }
            if (!root.TryGetProperty(Id, out var id) || !id.TryGetInt64(out var number)
                || !root.TryGetProperty(Old, out var old) || !root.TryGetProperty(New, out var given))
            {
                return Expected;
            }
            if (!accounts.TryGetValue(number, out var account))
            {
                return FormattableString.Invariant($"the original has no account {number}");
            }
            if (old.GetString() != account.OldName)
            {
                return FormattableString.Invariant($"account {number} is called {account.Shown}, not {old.GetRawText()}");
            }
            rename = new Rename(place, account, given.GetString() ?? "");
            return null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return Expected;
        }
    }

    private static string Expected =>
        $$"""expected an object such as {"{{Id}}":7,"{{Old}}":"a b","{{New}}":"ab"}""";
}

/// <summary>That an account gets another name.</summary>
/// <param name="Place">Where that is said.</param>
/// <param name="Account">The account.</param>
/// <param name="NewName">The name, which may not be allowed.</param>
internal sealed record Rename(string Place, PlannedAccount Account, string NewName);
