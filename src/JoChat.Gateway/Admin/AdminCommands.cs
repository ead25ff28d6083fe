using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using JoChat.Actors;
using JoChat.Protocol;

namespace JoChat.Gateway;

/// <summary><c>accounts</c>, <c>stats</c> and <c>prune</c>: what the operator asks the server that runs.</summary>
internal sealed partial class AdminCommands
{
    private const int RandomBytes = 15; // 20 letters and digits of base64

    private readonly Func<ParseResult, IConfiguration> _configure;

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line, for programs" };

    private readonly Argument<string> _name = new("NAME") { Description = "The account" };

    private readonly Option<string?> _passwordFile = new("--password-file")
    {
        Description = "File whose first line is the new password; - for standard input (default: a random one, which is shown)",
        HelpName = "FILE",
    };

    private readonly Option<bool> _yes = new("--yes") { Description = "Really delete: nothing of it can be had back" };

    private AdminCommands(Func<ParseResult, IConfiguration> configure) => _configure = configure;

    /// <summary>Makes the commands.</summary>
    /// <param name="configure">Reads the configuration, which says where the socket is.</param>
    public static IEnumerable<Command> Create(Func<ParseResult, IConfiguration> configure) => new AdminCommands(configure).Create();

    private IEnumerable<Command> Create()
    {
        yield return Add("stats", "What the running server counts", StatsAsync, _json);
        yield return Add("prune",
            """
            Delete all messages that are older, undelivered ones too, while the server serves. Without --yes it tells how many
            they are. It ends with this command: what is deleted by then stays deleted, the others stay.
            Exit status: 0 done, 1 could not be done or --yes is missing, 2 wrong usage or settings.
            """,
            PruneAsync, _olderThan, _yes);
        yield return new Command("accounts",
            """
            Look after accounts, at the running server.
            Exit status: 0 done, 1 could not be done, 2 wrong usage or settings.
            """)
        {
            Add("list", "All accounts, by name", ListAsync, _json),
            Add("show", "One account", (client, parsed) => ChangeAsync(client, parsed, "show"), _name, _json),
            Add("disable", "End its sessions and logins, and let nobody log in",
                (client, parsed) => ChangeAsync(client, parsed, "disable"), _name, _json),
            Add("enable", "Let its password be good again", (client, parsed) => ChangeAsync(client, parsed, "enable"), _name, _json),
            Add("reset-password", "Give it another password, and end its sessions and logins", ResetAsync, _name, _passwordFile),
            Add("delete", "Delete it with all messages that it has sent or received, at both sides", DeleteAsync, _name, _yes),
        };
    }

    private Command Add(string name, string description, Func<AdminClient, ParseResult, Task> action, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option) { command.Options.Add(option); }
            if (symbol is Argument argument) { command.Arguments.Add(argument); }
        }
        ServerOptions.RefuseOthers(command);
        command.SetAction((parsed, _) => RunAsync(parsed, action));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Func<AdminClient, ParseResult, Task> action)
    {
        var settings = Settings.Read(_configure(parsed), out var faults);
        if (faults.Count > 0) { return GatewayProcess.Fail(2, faults); }
        if (settings.Admin.Socket is not { } path)
        {
            return GatewayProcess.Fail(2, ["these settings give the server no admin socket: see jochat.admin.socket"]);
        }
        using var client = new AdminClient(path);
        try
        {
            await action(client, parsed);
            return 0;
        }
        catch (Exception fault) when (fault is OperatorException or IOException or UnauthorizedAccessException)
        {
            return GatewayProcess.Fail(1, [fault.Message]);
        }
    }

    private async Task ListAsync(AdminClient client, ParseResult parsed)
    {
        var after = "";
        do
        {
            var page = (await client.AskAsync("/accounts/list", new AdminRequest(After: after))).Accounts ?? [];
            foreach (var account in page) { Write(account, parsed); }
            after = page.Count > 0 ? page[^1].Key : null;
        }
        while (after is not null);
    }

    private async Task ChangeAsync(AdminClient client, ParseResult parsed, string command) => Write(
        (await client.AskAsync($"/accounts/{command}", new AdminRequest(parsed.GetRequiredValue(_name)))).Accounts![0], parsed);

    private async Task ResetAsync(AdminClient client, ParseResult parsed)
    {
        var file = parsed.GetValue(_passwordFile);
        var password = file is null ? NewPassword() : await ReadPasswordAsync(file);
        var account = (await client.AskAsync("/accounts/reset-password", new AdminRequest(
            parsed.GetRequiredValue(_name), Password: SentPassword.Of(password).Value))).Accounts![0];
        parsed.InvocationConfiguration.Output.WriteLine(file is null
            ? $"The password of {Shown(account.Username)} is {password}" : $"{Shown(account.Username)} has another password");
    }

    private async Task DeleteAsync(AdminClient client, ParseResult parsed)
    {
        var request = new AdminRequest(parsed.GetRequiredValue(_name));
        if (!parsed.GetValue(_yes))
        {
            var there = (await client.AskAsync("/accounts/show", request)).Accounts![0];
            throw new OperatorException(
                $"{Shown(there.Username)} stays: say --yes to delete it with all messages that it has sent or received");
        }
        var account = (await client.AskAsync("/accounts/delete", request)).Accounts![0];
        parsed.InvocationConfiguration.Output.WriteLine($"Deleted {Shown(account.Username)}");
    }

    private async Task StatsAsync(AdminClient client, ParseResult parsed)
    {
        var statistics = (await client.AskAsync("/stats", new AdminRequest())).Statistics!;
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            output.WriteLine(JsonSerializer.Serialize(statistics, AdminJson.Options));
            return;
        }
        var writer = statistics.Writer;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            version        {statistics.Version}
            started        {Shown(statistics.StartedAt)}
            store          {writer.Store}
            free           {(writer.FreeBytes == long.MaxValue ? "unknown" : Mebibytes(writer.FreeBytes))}
            last message   {writer.LastMessageId}
            sessions       {writer.Sessions}
            connections    {(statistics.Connections is { } count ? count.ToString(CultureInfo.InvariantCulture) : "none here")}
            memory         {Mebibytes(statistics.MemoryBytes)}
            """));
    }

    private void Write(OperatedAccount account, ParseResult parsed) =>
        parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(_json)
            ? JsonSerializer.Serialize(account, AdminJson.Options)
            : string.Create(CultureInfo.InvariantCulture,
                $"{Shown(account.Username)}: {(account.IsDisabled ? "disabled, " : "")}made {Shown(account.CreatedAt)}, "
                + $"{(account.UsedAt is { } used ? $"last used {Shown(used)}, " : "")}{account.Sessions} sessions, "
                + $"{account.Logins} logins kept, about {Mebibytes(account.SentBytes)} sent"));

    private static string Shown(string name) => AdminJson.Printable(name);

    private static string Shown(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    private static string Mebibytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB");

    private static string NewPassword() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomBytes)).Replace('+', 'a').Replace('/', 'b');

    private static async Task<string> ReadPasswordAsync(string file)
    {
        using var reader = file == "-" ? Console.In : new StreamReader(file);
        if (await reader.ReadLineAsync() is not { Length: > 0 } password)
        {
            throw new OperatorException($"the first line of {file} is empty; it must be the password");
        }
        // Clients refuse to send it.
        return password.Contains('\uFFFD', StringComparison.Ordinal)
            ? throw new OperatorException($"the first line of {file} is not valid UTF-8, or holds U+FFFD") : password;
    }
}
