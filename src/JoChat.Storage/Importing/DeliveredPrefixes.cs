using System.Runtime.InteropServices;

namespace JoChat.Storage;

/// <summary>How far the messages are delivered without a gap, for each of some keys: accounts, or pairs of them.</summary>
internal sealed class DeliveredPrefixes<TKey> where TKey : notnull
{
    private readonly Dictionary<TKey, (MessageId Through, bool IsEnded)> _prefixes = [];

    /// <summary>Where each of them ends: at the last message before the first that is not delivered.</summary>
    public IEnumerable<(TKey Key, MessageId Through)> All => _prefixes
        .Where(prefix => prefix.Value.Through.Value > 0).Select(prefix => (prefix.Key, prefix.Value.Through));

    /// <summary>Adds the next message, in the order of ids.</summary>
    /// <returns>Whether it is in the prefix.</returns>
    public bool Add(TKey key, MessageId message, bool isDelivered)
    {
        ref var prefix = ref CollectionsMarshal.GetValueRefOrAddDefault(_prefixes, key, out _);
        prefix = prefix.IsEnded || !isDelivered ? (prefix.Through, true) : (message, false);
        return !prefix.IsEnded;
    }
}
