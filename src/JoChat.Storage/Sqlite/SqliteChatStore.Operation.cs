namespace JoChat.Storage;

public sealed partial class SqliteChatStore
{
    /// <inheritdoc/>
    public IReadOnlyList<AccountDetails> ListDetails(string afterKey, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read("list accounts of", () => _details.List(afterKey, limit));
    }

    /// <inheritdoc/>
    public AccountDetails? FindDetails(string usernameKey) =>
        Read("find an account in", () => _details.Find(usernameKey));
}
