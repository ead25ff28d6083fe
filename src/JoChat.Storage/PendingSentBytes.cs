using System.Runtime.InteropServices;

namespace JoChat.Storage;

/// <summary>How much accounts have sent that is not written yet. It is written when it has grown by some: a row for each
/// message would cost more than to store it. What is not written yet is forgotten with the process, or with a batch that fails.
/// </summary>
internal sealed class PendingSentBytes
{
    private const int BytesPerWrite = 64 * 1024;
    private const int MostPending = 100_000;

    private readonly Dictionary<AccountId, long> _pending = [];

    /// <summary>Adds what a message counts.</summary>
    /// <returns>How much is to be written now for its sender; 0: nothing.</returns>
    public long Add(in NewMessage message)
    {
        if (_pending.Count >= MostPending) { _pending.Clear(); }
        ref var pending = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, message.Sender, out _);
        pending += message.StoredBytes;
        if (pending < BytesPerWrite) { return 0; }
        var bytes = pending;
        pending = 0;
        return bytes;
    }

    /// <summary>A message was added that is not stored.</summary>
    public void TakeBack(AccountId sender, long bytes) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_pending, sender, out _) -= bytes;

    /// <summary>How much an account has sent, with what is written.</summary>
    public long Of(AccountId sender, long written) => Math.Max(written + _pending.GetValueOrDefault(sender), 0);

    /// <summary>What was added may not be there.</summary>
    public void Forget() => _pending.Clear();
}
