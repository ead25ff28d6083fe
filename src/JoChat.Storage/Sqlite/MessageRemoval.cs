using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace JoChat.Storage;

/// <summary>Deletes messages, and has counts and the index of conversations follow. What it did is measured: a message
/// counts one, and one more for each 4 KiB of content and for each conversation that it is the first of.</summary>
internal sealed class MessageRemoval(
    SqliteConnection connection, UndeliveredCountCache counts, ConversationIndexer conversations) : IDisposable
{
    /// <summary>What <see cref="Delete(Statement, AccountId, int)"/> reads of messages.</summary>
    public const string ReadSql =
        "SELECT id, sender_id, recipient_id, received, octet_length(content) FROM messages";

    /// <summary>The same of those that were withheld, which no recipient has.</summary>
    public const string ReadWithheldSql =
        "SELECT id, sender_id, recipient_id, 1, octet_length(content) FROM withheld_messages";

    internal const string FindSql = $"{ReadSql} WHERE id = $id";

    internal const string FindWithheldSql = $"{ReadWithheldSql} WHERE id = $id";

    internal const string DeleteSql = "DELETE FROM messages WHERE id = $id";

    internal const string DeleteWithheldSql = "DELETE FROM withheld_messages WHERE id = $id";

    private const int BytesPerUnit = 4096;

    private readonly RawStatement _find = new(connection, FindSql);
    private readonly RawStatement _findWithheld = new(connection, FindWithheldSql);
    private readonly RawStatement _delete = new(connection, DeleteSql);
    private readonly RawStatement _deleteWithheld = new(connection, DeleteWithheldSql);
    private readonly HashSet<(AccountId Sender, AccountId Recipient)> _touched = [];

    /// <summary>Deletes the messages that a statement finds for an account, until so much is done.</summary>
    /// <returns>How much was done.</returns>
    public int Delete(Statement read, AccountId account, int most) => Delete(read, _delete, account, most);

    /// <summary>The same of those that were withheld.</summary>
    public int DeleteWithheld(Statement read, AccountId account, int most) =>
        Delete(read, _deleteWithheld, account, most);

    /// <summary>Deletes those messages that an account was sent, in their order, until so much is done.</summary>
    public Deletion Delete(AccountId recipient, ReadOnlySpan<long> ids, int most)
    {
        var (looked, deleted, done) = (0, 0, 0);
        while (looked < ids.Length && done < most)
        {
            done++;
            if (Find(_find, ids[looked++]) is not { } message || message.Recipient != recipient) { continue; }
            done += Touch(message);
            Delete(_delete, message);
            deleted++;
        }
        FinishConversations();
        return new Deletion(looked, deleted);
    }

    /// <summary>Deletes messages, whoever's they are and whether they were withheld or not.</summary>
    /// <returns>How many there were.</returns>
    public int Delete(IReadOnlyList<MessageId> ids)
    {
        var deleted = ids.Count(id => Delete(_find, _delete, id) || Delete(_findWithheld, _deleteWithheld, id));
        FinishConversations();
        return deleted;
    }

    public void Dispose()
    {
        _find.Dispose();
        _findWithheld.Dispose();
        _delete.Dispose();
        _deleteWithheld.Dispose();
    }

    private int Delete(Statement read, RawStatement delete, AccountId account, int most)
    {
        var found = new List<Found>();
        var done = 0;
        using (var rows = read.Read(account.Value, most))
        {
            while (done < most && rows.Read())
            {
                var message = new Found(
                    rows.GetInt64(0), new AccountId(rows.GetInt64(1)), new AccountId(rows.GetInt64(2)),
                    rows.GetInt64(3) != 0, rows.GetInt64(4));
                found.Add(message);
                done += Touch(message);
            }
        }
        foreach (var message in found) { Delete(delete, message); }
        FinishConversations();
        return done;
    }

    private bool Delete(RawStatement find, RawStatement delete, MessageId id)
    {
        if (Find(find, id.Value) is not { } message) { return false; }
        Touch(message);
        Delete(delete, message);
        return true;
    }

    private static Found? Find(RawStatement find, long id)
    {
        find.Bind(1, id);
        if (!find.Read()) { return null; }
        var found = new Found(
            id, new AccountId(find.GetInt64(1)), new AccountId(find.GetInt64(2)), find.GetInt64(3) != 0,
            find.GetInt64(4));
        find.Reset();
        return found;
    }

    private int Touch(Found message)
    {
        var isFirst = _touched.Add((message.Sender, message.Recipient));
        return 1 + (int)(message.Bytes / BytesPerUnit) + (isFirst ? 1 : 0);
    }

    private void Delete(RawStatement delete, Found message)
    {
        delete.Bind(1, message.Id);
        delete.Execute();
        if (!message.IsReceived) { counts.Deleted(message.Recipient, new MessageId(message.Id)); }
    }

    private void FinishConversations()
    {
        foreach (var (sender, recipient) in _touched) { conversations.Deleted(sender, recipient); }
        _touched.Clear();
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Found(
        long Id, AccountId Sender, AccountId Recipient, bool IsReceived, long Bytes);
}
