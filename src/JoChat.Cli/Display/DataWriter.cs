using System.Globalization;
using System.Text;
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
    public void WriteResult(Action<Utf8JsonWriter> json, string sentence)
    {
        if (settings.IsJson) { WriteJson(json); }
        else { environment.Out.WriteLine(sentence); }
    }

    /// <summary>Says that something is done: one object as JSON, or a sentence for people on standard error.</summary>
    /// <param name="json">Writes the object's members.</param>
    /// <param name="sentence">Safe to print.</param>
    public void WriteDone(Action<Utf8JsonWriter> json, string sentence)
    {
        if (settings.IsJson) { WriteJson(json); }
        else { environment.Error.WriteLine(sentence); }
    }

    /// <summary>Prints messages.</summary>
    public void WriteMessages(IReadOnlyCollection<InboxMessage> messages) => WriteRows(
        messages,
        ["ID", "FROM", "TEXT"],
        message => [Number(message.Id), SafeText.Of(message.Sender), SafeText.Of(message.Content)],
        (json, message) =>
        {
            json.WriteNumber("id", message.Id);
            json.WriteString("sender", message.Sender);
            json.WriteString("content", message.Content);
        });

    /// <summary>Prints accounts.</summary>
    public void WriteAccounts(IReadOnlyCollection<ListedAccount> accounts) => WriteRows(
        accounts,
        ["ID", "NAME"],
        account => [Number(account.Id), SafeText.Of(account.Username)],
        (json, account) =>
        {
            json.WriteNumber("id", account.Id);
            json.WriteString("username", account.Username);
        });

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void WriteRows<T>(
        IReadOnlyCollection<T> rows, string[] headings, Func<T, string[]> cells, Action<Utf8JsonWriter, T> json)
    {
        if (settings.IsJson)
        {
            foreach (var row in rows) { WriteJson(writer => json(writer, row)); }
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

    // Everything beyond ASCII is escaped by the writer, so the output is safe to print as well as exact.
    private void WriteJson(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        environment.Out.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
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
