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
    private Reply ListPresent(FindPresent find)
    {
        try
        {
            ImmutableArray<string> present =
            [
                .. find.NameKeys.Select(key => _sessions.FindPresent(key))
                    .Where(there => there is not null && !_store.IsBlocked(there.Account, find.Account))
                    .Select(there => there!.Username),
            ];
            _sessions.Watch(Sender, find.AndWatch ? find.NameKeys : []);
            return new Answered(find.Request, new PresenceOf(present));
        }
        catch (StorageException)
        {
            return new StoreFailed(find.Request);
        }
    }

    // Who is no contact yet is not watched either.
    private Reply ListPresentContacts(FindPresentContacts find) => ListPresent(find.Among with
    {
        NameKeys = [.. find.Among.NameKeys.Where(key => _accounts.Find(key) is { } other
            && (other.Id == find.Account || _store.HasConversation(find.Account, other.Id)))],
    });

    // Who is blocked sees nobody writing, as of one who is never there.
    private bool IsKeptApart(IActorRef session, AccountId writing) =>
        _sessions.TryFindBound(session, out var bound)
        && (IsKeptFrom(bound.Account, writing) || IsKeptFrom(writing, bound.Account));
}
