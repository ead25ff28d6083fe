using System.Text;
using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>The writes that come often, gathered to be written by one statement: messages, watermarks and what accounts have
/// sent.</summary>
/// <param name="sentBytes">What accounts have sent that is not gathered yet.</param>
internal sealed class PendingWrites(PendingSentBytes sentBytes)
{
    private readonly List<long> _ids = [], _senders = [], _recipients = [], _times = [];
    private readonly List<byte[]> _contents = [];
    private readonly List<bool> _withheld = [];
    private readonly List<byte[]?> _clientIds = [], _fingerprints = [];
    private readonly Dictionary<AccountId, MessageId> _watermarks = [];
    private readonly List<long> _countedAccounts = [], _counts = [];
    private int _clientIdCount;

    public bool IsEmpty => _ids.Count == 0 && _watermarks.Count == 0 && _counts.Count == 0;

    public void Add(in NewMessage message)
    {
        _ids.Add(message.Id.Value);
        _senders.Add(message.Sender.Value);
        _recipients.Add(message.Recipient.Value);
        _times.Add(message.SentAt.ToUnixTimeMilliseconds());
        _contents.Add(Encoding.UTF8.GetBytes(message.Content));
        _withheld.Add(message.IsWithheld);
        if (sentBytes.Add(message) is > 0 and var bytes)
        {
            _countedAccounts.Add(message.Sender.Value);
            _counts.Add(bytes);
        }
        if (message.ClientId is null)
        {
            _clientIds.Add(null);
            _fingerprints.Add(null);
            return;
        }
        _clientIds.Add(Encoding.UTF8.GetBytes(message.ClientId));
        _fingerprints.Add(UsedClientIds.FingerprintOf(message));
        _clientIdCount++;
    }

    public void Advance(AccountId recipient, MessageId through)
    {
        if (_watermarks.GetValueOrDefault(recipient).Value < through.Value) { _watermarks[recipient] = through; }
    }

    /// <summary>Writes all of it.</summary>
    /// <param name="connection">The writer's.</param>
    /// <param name="epoch">The writer's epoch.</param>
    /// <param name="batch">The batch's number.</param>
    /// <param name="last">The highest id ever given.</param>
    /// <param name="sentBefore">Gets what was not added because it was sent before.</param>
    public void Put(
        NpgsqlConnection connection, long epoch, long batch, MessageId last, Dictionary<MessageId, FirstSend> sentBefore)
    {
        using var command = connection.Command(
            "SELECT * FROM put($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
            epoch, batch, last.Value, _ids, _senders, _recipients, _times, _contents, _withheld, _clientIds, _fingerprints,
            _clientIdCount, _watermarks.Keys.Select(account => account.Value).ToList(),
            _watermarks.Values.Select(mark => mark.Value).ToList(), _countedAccounts, _counts);
        ReadSentBefore(command, sentBefore);
    }

    /// <summary>Finds, when all of it is stored, what was not added because it was sent before.</summary>
    public void FindSentBefore(NpgsqlConnection connection, Dictionary<MessageId, FirstSend> sentBefore)
    {
        if (_clientIdCount == 0) { return; }
        using var command = connection.Command(
            "SELECT * FROM sent_before($1, $2, $3, $4)", _ids, _senders, _clientIds, _fingerprints);
        ReadSentBefore(command, sentBefore);
    }

    /// <summary>All of it is written, but for what was sent before.</summary>
    public void Written(Dictionary<MessageId, FirstSend> sentBefore)
    {
        foreach (var id in sentBefore.Keys)
        {
            if (_ids.BinarySearch(id.Value) is not (>= 0 and var index)) { continue; } // of an earlier part of the batch
            sentBytes.TakeBack(
                new AccountId(_senders[index]),
                _contents[index].Length + IChatStore.BytesBesideContent + IChatStore.BytesOfClientId);
        }
        Clear();
    }

    public void Clear()
    {
        foreach (var list in (List<long>[])[_ids, _senders, _recipients, _times, _countedAccounts, _counts])
        {
            list.Clear();
        }
        _contents.Clear();
        _withheld.Clear();
        _clientIds.Clear();
        _fingerprints.Clear();
        _watermarks.Clear();
        _clientIdCount = 0;
    }

    private static void ReadSentBefore(NpgsqlCommand command, Dictionary<MessageId, FirstSend> sentBefore)
    {
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            sentBefore[new MessageId(rows.GetInt64(0))] =
                new FirstSend(new MessageId(rows.GetInt64(1)), rows.GetTime(2), rows.GetBoolean(3));
        }
    }
}
