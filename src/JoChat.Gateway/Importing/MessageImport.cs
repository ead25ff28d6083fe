using System.Text;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Gateway;

/// <summary>Imports messages: under their ids, in their order, with what they say.</summary>
/// <param name="accounts">The accounts, each under its name in the original (<see cref="OriginalValue.Identity"/>).</param>
/// <param name="target">Where to.</param>
/// <param name="report">Is told of each.</param>
/// <param name="sentAt">When they count as sent.</param>
internal sealed class MessageImport(
    IReadOnlyDictionary<string, PlannedAccount> accounts, ImportedDatabase target, ImportReport report,
    DateTimeOffset sentAt)
{
    private const string WasNoText = "What is not valid UTF-8 in the content was replaced by U+FFFD.";

    /// <summary>The highest id that was given, here or in the original.</summary>
    public MessageId Last { get; set; }

    /// <summary>Imports the next message, or leaves it out.</summary>
    public void Add(OriginalMessage message)
    {
        var notes = new List<string>();
        var sender = Find(message.Sender, "sender", notes);
        var recipient = Find(message.Recipient, "recipient", notes);
        if (sender is null || recipient is null)
        {
            report.Left(message, notes);
            return;
        }
        var content = ContentOf(message, notes);
        var isDelivered = IsDelivered(message, notes);
        var id = IdOf(message, notes);
        target.AddMessage(new NewMessage(id, sender.Id, recipient.Id, content, sentAt), isDelivered);
        report.Imported(id, message, isDelivered, notes);
    }

    // Two NULLs are not the same name.
    private PlannedAccount? Find(OriginalValue name, string role, List<string> notes)
    {
        if (!name.IsNull && accounts.TryGetValue(name.Identity, out var account)) { return account; }
        notes.Add($"Not imported: no account has the name of the {role}.");
        return null;
    }

    private static string ContentOf(OriginalMessage message, List<string> notes)
    {
        if (message.Content.IsNull) { notes.Add("The content was NULL, and is an empty text."); }
        if (!message.Content.IsText) { notes.Add(WasNoText); }
        var content = message.Content.Text;
        var bytes = Encoding.UTF8.GetByteCount(content);
        if (bytes <= Limits.MaxContentBytes) { return content; }
        notes.Add(FormattableString.Invariant(
            $"The content was shortened: it had {bytes} bytes of UTF-8, and {Limits.MaxContentBytes} are the most."));
        return Shorten(content, FormattableString.Invariant($"… [shortened from {bytes} bytes by import-original]"));
    }

    private static bool IsDelivered(OriginalMessage message, List<string> notes)
    {
        if (message.ToDeliver.Number is not (0 or 1))
        {
            notes.Add("to_deliver was neither 0 nor 1: the message counts as not delivered.");
        }
        return message.ToDeliver.Number is 1;
    }

    private MessageId IdOf(OriginalMessage message, List<string> notes)
    {
        if (message.HasUsableId) { return new MessageId(message.Id.Number!.Value); } // it is usable, so it is a number
        Last = new MessageId(Last.Value + 1);
        notes.Add("The id was not a positive number, or another message's, and is a new one: the message comes last.");
        return Last;
    }

    private static string Shorten(string content, string end)
    {
        var free = Limits.MaxContentBytes - Encoding.UTF8.GetByteCount(end);
        var length = 0;
        foreach (var character in content.EnumerateRunes())
        {
            free -= character.Utf8SequenceLength;
            if (free < 0) { break; }
            length += character.Utf16SequenceLength;
        }
        return content[..length] + end;
    }
}
