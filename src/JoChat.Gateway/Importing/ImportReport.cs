using System.Globalization;
using System.Text.Json;
using JoChat.Storage;

namespace JoChat.Gateway;

/// <summary>Tells what was not imported as it was: in full, a line of JSON for each, and in numbers.</summary>
internal sealed class ImportReport(TextWriter writer)
{
    /// <summary>How many messages were imported, and how many of them were delivered.</summary>
    public (long All, long Delivered) Messages { get; private set; }

    /// <summary>How many messages were left out.</summary>
    public long LeftOut { get; private set; }

    /// <summary>How many messages were imported with a change.</summary>
    public long Changed { get; private set; }

    /// <summary>Its first line.</summary>
    public void Begin(string original, string database, DateTimeOffset sentAt) => Write(ReportKinds.Import, json =>
    {
        json.WriteString("original", original);
        json.WriteString("database", database);
        json.WriteString("sent_at", sentAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    });

    /// <summary>Something in the file that is not the original's.</summary>
    public void Ignored(string what) => Write(ReportKinds.Ignored, json => json.WriteString("what", what));

    /// <summary>An account of which there is something to tell.</summary>
    public void Account(PlannedAccount account) => Write(ReportKinds.Account, json =>
    {
        json.WriteNumber("id", account.Id.Value);
        WriteValue(json, "original_id", account.Original.Id);
        WriteValue(json, "original_name", account.Original.Name);
        json.WriteString("name", account.Name?.Text);
        WriteNotes(json, account.Notes);
    });

    /// <summary>A message that was imported.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="message">What it was.</param>
    /// <param name="isDelivered">Whether it was delivered.</param>
    /// <param name="notes">What was changed; empty if nothing.</param>
    public void Imported(MessageId id, OriginalMessage message, bool isDelivered, IReadOnlyList<string> notes)
    {
        Messages = (Messages.All + 1, Messages.Delivered + (isDelivered ? 1 : 0));
        if (notes.Count == 0) { return; }
        Changed++;
        Write(ReportKinds.Message, json => WriteMessage(json, id, message, notes));
    }

    /// <summary>A message that was left out.</summary>
    public void Left(OriginalMessage message, IReadOnlyList<string> notes)
    {
        LeftOut++;
        Write(ReportKinds.Message, json => WriteMessage(json, null, message, notes));
    }

    private static void WriteMessage(
        Utf8JsonWriter json, MessageId? id, OriginalMessage message, IReadOnlyList<string> notes)
    {
        json.WriteBoolean("imported", id is not null);
        if (id is { } given) { json.WriteNumber("id", given.Value); }
        WriteValue(json, "original_id", message.Id);
        WriteValue(json, "sender", message.Sender);
        WriteValue(json, "recipient", message.Recipient);
        WriteValue(json, "content", message.Content);
        WriteValue(json, "to_deliver", message.ToDeliver);
        WriteNotes(json, notes);
    }

    // Bytes that are no text are told twice: as well as they can be read, and as they are.
    private static void WriteValue(Utf8JsonWriter json, string name, OriginalValue value)
    {
        if (value.Number is { } number) { json.WriteNumber(name, number); }
        else { json.WriteString(name, value.IsNull ? null : value.Text); }
        if (!value.IsText) { json.WriteBase64String($"{name}_base64", value.Bytes.Span); }
    }

    private static void WriteNotes(Utf8JsonWriter json, IEnumerable<string> notes)
    {
        json.WriteStartArray("notes");
        foreach (var note in notes) { json.WriteStringValue(note); }
        json.WriteEndArray();
    }

    private void Write(string kind, Action<Utf8JsonWriter> write) => writer.WriteLine(ImportJson.Line(json =>
    {
        json.WriteString("kind", kind);
        write(json);
    }));

    private static class ReportKinds
    {
        public const string Import = "import", Ignored = "ignored", Account = "account", Message = "message";
    }
}
