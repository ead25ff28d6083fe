using System.Globalization;
using System.Text.Json;
using JoChat.Protocol;
using Spectre.Console;

namespace JoChat.Cli.Display;

/// <summary>Prints a verb's data on standard output: JSON if asked for, a table on a terminal, else columns parted by
/// tabs.</summary>
internal sealed class DataWriter(CliSettings settings, CliEnvironment environment)
{
    /// <summary>Prints one object as JSON, or a sentence for people in its place.</summary>
    /// <param name="json">Writes the object's members.</param>
    /// <param name="sentence">Safe to print.</param>
    public void WriteResult(Action<Utf8JsonWriter> json, string sentence) =>
        environment.Out.WriteLine(settings.IsJson ? JsonLine.Of(json) : sentence);

    /// <summary>Says that something is done: one object as JSON, or a sentence for people on standard error.</summary>
    /// <param name="json">Writes the object's members.</param>
    /// <param name="sentence">Safe to print.</param>
    public void WriteDone(Action<Utf8JsonWriter> json, string sentence)
    {
        if (settings.IsJson) { environment.Out.WriteLine(JsonLine.Of(json)); }
        else { environment.Error.WriteLine(sentence); }
    }

    /// <summary>Prints messages that somebody received.</summary>
    public void WriteMessages(IReadOnlyCollection<ListedMessage> messages) => WriteRows(
        messages,
        ["ID", "FROM", "TEXT"],
        message => [Number(message.Id), SafeText.Of(message.Sender), SafeText.Of(message.Content)],
        WriteMembers);

    /// <summary>Prints what two people wrote to each other.</summary>
    public void WriteTalk(IReadOnlyCollection<ListedMessage> messages) => WriteRows(
        messages,
        ["ID", "SENT", "FROM", "TEXT"],
        message =>
            [Number(message.Id), Time(message.SentAt), SafeText.Of(message.Sender), SafeText.Of(message.Content)],
        WriteMembers);

    /// <summary>Prints one message of a stream.</summary>
    public void WriteArrived(ListedMessage message) => environment.Out.WriteLine(settings.IsJson
        ? JsonLine.Of(json => WriteMembers(json, message))
        : string.Join(
            '\t', Number(message.Id), Time(message.SentAt), SafeText.Of(message.Sender), SafeText.Of(message.Content)));

    /// <summary>Prints conversations.</summary>
    public void WriteConversations(IReadOnlyCollection<Conversation> conversations) => WriteRows(
        conversations,
        ["WITH", "UNREAD", "LAST", "TEXT"],
        one =>
        [
            SafeText.Of(one.With),
            Number(one.UnreadCount),
            Time(one.LastMessage?.SentAt),
            SafeText.Of(one.LastMessage?.Content ?? ""),
        ],
        (json, one) =>
        {
            json.WriteString("with", one.With);
            json.WriteNumber("unread_count", one.UnreadCount);
            json.WritePropertyName("last_message");
            if (one.LastMessage is not { } last) { json.WriteNullValue(); return; }
            json.WriteStartObject();
            WriteMembers(json, ListedMessage.Of(last));
            json.WriteEndObject();
        });

    /// <summary>Prints accounts.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="present">Who of them is there now; null if the server does not tell.</param>
    public void WriteAccounts(IReadOnlyCollection<ListedAccount> accounts, IReadOnlySet<string>? present)
    {
        WriteRows(
            accounts,
            ["ID", "NAME", "PRESENT"],
            account => [Number(account.Id), SafeText.Of(account.Username), IsPresent(account) ? "present" : ""],
            (json, account) =>
            {
                json.WriteNumber("id", account.Id);
                json.WriteString("username", account.Username);
                if (present is null) { json.WriteNull("present"); }
                else { json.WriteBoolean("present", IsPresent(account)); }
            });

        bool IsPresent(ListedAccount account) => present?.Contains(account.Username) is true;
    }

    /// <summary>Prints logins. A client calls itself what it likes, so its name comes last: nothing that it looks like
    /// is followed by what we say of it.</summary>
    public void WriteLogins(IReadOnlyCollection<ListedLogin> logins) => WriteRows(
        logins,
        ["ID", "LAST USED", "FROM", "NOW", "CLIENT"],
        login =>
        [
            Number(login.Id),
            Time(login.UsedAt),
            SafeText.Of(login.Address),
            login.IsOwn ? "this one" : login.IsConnected ? "connected" : "",
            SafeText.Of(login.Client),
        ],
        (json, login) =>
        {
            json.WriteNumber("id", login.Id);
            json.WriteString("client", login.Client);
            json.WriteString("address", login.Address);
            json.WriteString("created_at", Time(login.CreatedAt));
            json.WriteString("used_at", Time(login.UsedAt));
            json.WriteBoolean("own", login.IsOwn);
            json.WriteBoolean("connected", login.IsConnected);
        });

    /// <summary>A time as programs read it: ISO 8601, UTC, with milliseconds; empty if it is unknown.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "";

    private static void WriteMembers(Utf8JsonWriter json, ListedMessage message)
    {
        json.WriteNumber("id", message.Id);
        json.WriteString("sender", message.Sender);
        json.WriteString("recipient", message.Recipient);
        json.WriteString("content", message.Content);
        if (message.SentAt is null) { json.WriteNull("sent_at"); }
        else { json.WriteString("sent_at", Time(message.SentAt)); }
        json.WriteBoolean("away", message.IsAway);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void WriteRows<T>(
        IReadOnlyCollection<T> rows, string[] headings, Func<T, string[]> cells, Action<Utf8JsonWriter, T> json)
    {
        if (settings.IsJson)
        {
            foreach (var row in rows) { environment.Out.WriteLine(JsonLine.Of(writer => json(writer, row))); }
        }
        else if (!environment.IsOutputTerminal)
        {
            foreach (var row in rows) { environment.Out.WriteLine(string.Join('\t', cells(row))); }
        }
        else if (rows.Count > 0)
        {
            WriteTable(rows.Select(cells), headings);
        }
        else
        {
            environment.Error.WriteLine("There is nothing to list."); // a script sees the empty output
        }
    }

    private void WriteTable(IEnumerable<string[]> rows, string[] headings)
    {
        var isColoured = environment.IsColourWanted(settings.IsColourForbidden);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(environment.Out),
            Ansi = isColoured ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isColoured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = environment.Width();
        var table = new Table { Border = TableBorder.None };
        foreach (var heading in headings) { table.AddColumn(new TableColumn(new Text(heading, Style.Parse("bold")))); }
        foreach (var row in rows) { table.AddRow(row.Select(cell => new Text(cell))); }
        console.Write(table);
    }
}
