using System.Text;
using JoChat.Protocol;

namespace JoChat.Actors;

// What a logged-in client asks for: judged here, done by the PersistenceActor and the BrowseActor.
internal sealed partial class SessionActor
{
    private void ReceiveInboxRequests()
    {
        Receive<LogOut>(logOut => Start(logOut, _persistence, new EndSession(_login!.Id, _login.Token)));
        Receive<CountUnread>(count => Start(count, _persistence, new CountAway(_login!.Id, _login.LiveAfter)));
        Receive<ListDelivered>(list => Start(
            list, _persistence, new ListReceived(_login!.Id, _login.LiveAfter, MarksLive: !MayPush)));
        Receive<FetchAway>(StartFetch);
        Receive<DeleteMessages>(StartDelete);
        Receive<DeleteAccount>(delete => Start(delete, _persistence, new RemoveAccount(_login!.Id)));
    }

    private void StartSend(SendMessage send)
    {
        if (!MayBegin(send))
        {
            PutAside(send);
            return;
        }
        var refusal = Judge(send, out var recipient);
        if (refusal is not null && !_underWay.IsEmpty)
        {
            PutAside(send); // sends before it are still to be answered
            return;
        }
        _oldestComes = false;
        if (refusal is not null) { Reply(send, refusal); }
        else
        {
            Start(send, _persistence, new StoreMessage(
                _login!.Id, _login.Username, recipient!.Key, send.Content!, send.ClientId));
        }
    }

    private Refused? Judge(SendMessage send, out Username? recipient)
    {
        recipient = null;
        if (IsIncomplete(send)) { return Refusals.IncompleteMessage; }
        if (!IsMyName(send.Sender!)) { return Refusals.WrongSender; }
        if (Encoding.UTF8.GetByteCount(send.Content!) > Limits.MaxContentBytes) { return Refusals.InvalidContent; }
        if (send.ClientId is { } id && !IsClientId(id)) { return Refusals.InvalidClientId; }
        return Username.TryParse(send.Recipient!, out recipient, out _) ? null : Refusals.NoSuchRecipient;
    }

    private static bool IsClientId(string id) =>
        id.Length > 0 && Encoding.UTF8.GetByteCount(id) <= Limits.MaxClientIdBytes;

    private static bool IsIncomplete(SendMessage send) => string.IsNullOrEmpty(send.Sender)
        || string.IsNullOrEmpty(send.Recipient) || string.IsNullOrEmpty(send.Content);

    private void StartFetch(FetchAway fetch)
    {
        if (fetch.Limit < 0) { Reply(fetch, Refusals.InvalidFetchLimit); }
        else
        {
            var limit = (int)Math.Min(fetch.Limit, int.MaxValue);
            Start(fetch, _persistence, new TakeAway(_login!.Id, _login.LiveAfter, limit));
        }
    }

    private void StartDelete(DeleteMessages delete)
    {
        if (delete.Ids.IsEmpty) { Reply(delete, Refusals.NoMessageIds); }
        else if (delete.Ids.Length > Limits.MaxDeletedMessages) { Reply(delete, Refusals.TooManyMessageIds); }
        else { Start(delete, _persistence, new DiscardMessages(_login!.Id, delete.Ids)); }
    }

    private bool MayListAsGuest(ListAccounts list)
    {
        if (_options.AllowAnonymousListing) { StartListing(list); }
        return _options.AllowAnonymousListing;
    }

    private void StartListing(ListAccounts list)
    {
        if (string.IsNullOrEmpty(list.Pattern)) { Reply(list, Refusals.NoPattern); }
        else if (list.Pattern.Length > Limits.MaxPatternCharacters) { Reply(list, Refusals.PatternTooLong); }
        else if (list is not { Start: >= 0, Count: >= 0 }) { Reply(list, Refusals.InvalidPage(list.Operation)); }
        else
        {
            var count = (int)Math.Min(list.Count.Value, Limits.MaxListedAccounts);
            Start(list, _browsing, new FindAccounts(KeyPattern(list.Pattern), list.Start.Value, count));
        }
    }

    // The client's pattern as the store takes it: both pairs of wildcards, or "contains" if it has none.
    private static string KeyPattern(string pattern)
    {
        var key = Username.Fold(WithoutTraps(pattern)).Replace(@"\", @"\\", StringComparison.Ordinal);
        return key.AsSpan().IndexOfAny("*?%_") < 0 ? $"%{key}%" : key.Replace('*', '%').Replace('?', '_');
    }

    // Normalising throws at U+FFFE, and a store may take U+0000 for the end of the pattern. No name holds
    // them, nor what stands for them here.
    private static string WithoutTraps(string pattern) =>
        pattern.Replace('\uFFFE', '\uFFFF').Replace('\0', '\uFFFF');

    private void StartReset(ResetDatabase reset)
    {
        if (_options.AllowResetDatabase) { Start(reset, _persistence, ResetStore.Instance); }
        else { Reply(reset, Refusals.ResetNotAllowed); }
    }
}
