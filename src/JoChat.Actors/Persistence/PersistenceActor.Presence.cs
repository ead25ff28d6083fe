using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// What is told of the moment: who is there, and who is writing.
internal sealed partial class PersistenceActor
{
    private Answered Relay(RelayTyping typing)
    {
        var news = new DeliverEvent(new TypingArrived(typing.Username, typing.IsTyping));
        foreach (var session in _sessions.Wanting(Features.Typing, typing.RecipientKey))
        {
            if (!IsKeptApart(session, typing.Account)) { session.Tell(news, Self); }
        }
        return new Answered(typing.Request, new TypingNoted());
    }

    // Who blocks the asker is asked of the store, but an answer that nobody is there would be wrong if it fails.
    private Reply ListPresent(FindPresent find, IActorRef asker)
    {
        try
        {
            ImmutableArray<string> present =
            [
                .. find.NameKeys.Select(key => _sessions.FindPresent(key))
                    .Where(there => there is not null && !_store.IsBlocked(there.Account, find.Account))
                    .Select(there => there!.Username),
            ];
            if (_sessions.IsBound(find.Account, asker)) { _sessions.Watch(asker, find.AndWatch ? find.NameKeys : []); }
            return new Answered(find.Request, new PresenceOf(present));
        }
        catch (StorageException)
        {
            return new StoreFailed(find.Request);
        }
    }

    // Who is no contact yet is not watched either.
    private Reply ListPresentContacts(FindPresentContacts find, IActorRef asker) => ListPresent(find.Among with
    {
        NameKeys = [.. find.Among.NameKeys.Where(key => _accounts.Find(key) is { } other
            && (other.Id == find.Account || _store.HasConversation(find.Account, other.Id)))],
    }, asker);

    // A session may have missed who came and went. By events: only accounts that are there have a state.
    private Reply WatchAgain(WatchAgain watch)
    {
        try
        {
            var others = watch.NameKeys.Select(key => (Key: key, Name: _accounts.Find(key))).ToList();
            if (watch.OnlyContacts)
            {
                others.RemoveAll(other => other.Name is not { } name
                    || (name.Id != watch.Account && !_store.HasConversation(watch.Account, name.Id)));
            }
            List<PresenceChanged> states =
            [
                .. others.Where(other => other.Name is not null).Select(other => new PresenceChanged(
                    other.Name!.Value.Username,
                    _sessions.FindPresent(other.Key) is not null && !_store.IsBlocked(other.Name.Value.Id, watch.Account))),
            ];
            _sessions.Watch(Sender, [.. others.Select(other => other.Key)]);
            foreach (var state in states) { Sender.Tell(new DeliverEvent(state), Self); }
            return new Answered(watch.Request, new PresenceOf([]));
        }
        catch (StorageException)
        {
            return new StoreFailed(watch.Request);
        }
    }

    // Who is blocked sees nobody writing, as of one who is never there.
    private bool IsKeptApart(IActorRef session, AccountId writing) =>
        _sessions.TryFindBound(session, out var bound)
        && (IsKeptFrom(bound.Account, writing) || IsKeptFrom(writing, bound.Account));
}
