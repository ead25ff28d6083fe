using System.Text;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Messages and lists of accounts.
internal static partial class RequestRules
{
    private static object JudgeSend(SendMessage send, long number, SessionLogin login)
    {
        if (IsIncomplete(send)) { return Refusals.IncompleteMessage; }
        if (!IsName(send.Sender!, login)) { return Refusals.WrongSender; }
        if (Encoding.UTF8.GetByteCount(send.Content!) > Limits.MaxContentBytes) { return Refusals.InvalidContent; }
        if (send.ClientId is { } id && !IsClientId(id)) { return Refusals.InvalidClientId; }
        return Username.TryParse(send.Recipient!, out var recipient, out _)
            ? new StoreMessage(number, login.Id, login.Username, recipient.Key, send.Content!, send.ClientId)
            : Refusals.NoSuchRecipient;
    }

    private static bool IsClientId(string id) =>
        id.Length > 0 && Encoding.UTF8.GetByteCount(id) <= Limits.MaxClientIdBytes;

    private static bool IsIncomplete(SendMessage send) => string.IsNullOrEmpty(send.Sender)
        || string.IsNullOrEmpty(send.Recipient) || string.IsNullOrEmpty(send.Content);

    private static object JudgeFetch(FetchAway fetch, long number, SessionLogin login) => fetch.Limit < 0
        ? Refusals.InvalidFetchLimit
        : new FetchUndelivered(number, login.Id, login.LiveAfter, (int)Math.Min(fetch.Limit, Limits.MaxFetchedMessages));

    private static object JudgeDelete(DeleteMessages delete, long number, SessionLogin login)
    {
        if (delete.Ids.IsEmpty) { return Refusals.NoMessageIds; }
        if (delete.Ids.Length > Limits.MaxDeletedMessages) { return Refusals.TooManyMessageIds; }
        return new DiscardMessages(number, login.Id, delete.Ids.AsMemory());
    }

    private static object JudgeListing(
        ListAccounts list, long number, SessionLogin? login, AccountDirectory directory)
    {
        if (string.IsNullOrEmpty(list.Pattern)) { return Refusals.NoPattern; }
        if (list.Pattern.Length > Limits.MaxPatternCharacters) { return Refusals.PatternTooLong; }
        if (list is not { Start: >= 0, Count: >= 0 }) { return Refusals.InvalidPage(list.Operation); }
        var count = (int)Math.Min(list.Count.Value, Limits.MaxListedAccounts);
        var pattern = NamePattern.Parse(list.Pattern);
        return (directory, login, pattern.WholeName) switch
        {
            (AccountDirectory.Everyone, _, _) =>
                new FindAccounts(number, new AccountListing(pattern.KeyPattern, list.Start.Value, count)),
            (AccountDirectory.Contacts, { } asker, var name) => new FindContacts(
                number, asker.Id, asker.Username, pattern.KeyPattern, name?.Key ?? "", list.Start.Value, count),
            (_, _, { } name) => new FindAccounts(number, new AccountListing(name.KeyPattern, list.Start.Value, count)),
            _ => new AccountsListed([]),
        };
    }
}
