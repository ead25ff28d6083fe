using System.Globalization;
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

    /// <summary>How many tables and columns were not read.</summary>
    public int Others { get; private set; }

    /// <summary>Its first line.</summary>
    public void Begin(string original, string database, DateTimeOffset sentAt) => Write("import",
        ("original", original), ("database", database),
        ("sent_at", sentAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)));

    /// <summary>Something in the file that is not the original's.</summary>
    public void Ignored(string what)
    {
        Others++;
        Write("ignored", ("what", what));
    }

    /// <summary>An account of which there is something to tell.</summary>
    public void Account(PlannedAccount account) => Write("account",
    [
        ("id", account.Id.Value), .. Members("original_id", account.Original.Id),
        .. Members("original_name", account.Original.Name), ("name", account.Name?.Text), ("notes", account.Notes),
    ]);

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
        Write("message", [("imported", true), ("id", id.Value), .. Members(message), ("notes", notes)]);
    }

    /// <summary>A message that was left out.</summary>
    public void Left(OriginalMessage message, IReadOnlyList<string> notes)
    {
        LeftOut++;
        Write("message", [("imported", false), .. Members(message), ("notes", notes)]);
    }

    private static IEnumerable<(string, object?)> Members(OriginalMessage message) =>
    [
        .. Members("original_id", message.Id), .. Members("sender", message.Sender),
        .. Members("recipient", message.Recipient), .. Members("content", message.Content),
        .. Members("to_deliver", message.ToDeliver),
    ];

    // Bytes that are no text are told twice: as well as they can be read, and as they are.
    private static IEnumerable<(string, object?)> Members(string name, OriginalValue value)
    {
        yield return (name, value.IsNull ? null : value.Number is { } number ? number : value.Text);
        if (!value.IsText) { yield return ($"{name}_base64", Convert.ToBase64String(value.Bytes.Span)); }
    }

    private void Write(string kind, params IEnumerable<(string, object?)> members) =>
        writer.WriteLine(ImportJson.Line([("kind", kind), .. members]));
}
