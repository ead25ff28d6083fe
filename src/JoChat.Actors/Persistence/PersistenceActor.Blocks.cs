using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Who is kept from whom, and the deletion of all that one has sent.
internal sealed partial class PersistenceActor
{
    private void ReceiveBlocks()
    {
        HandleWrite<BlockAccount>(Block);
        HandleWrite<UnblockAccount>(Unblock);
        HandleWrite<DeleteAllFrom>(BeginDeletion);
        HandleWrite<DeleteRestFrom>(DeleteMore);
    }

    private Answered Block(BlockAccount block)
    {
        if (_accounts.Find(block.OtherKey) is not { } other) { return new(block.Request, Refusals.NobodyToBlock); }
        if (other.Id == block.Account) { return new(block.Request, Refusals.BlocksOneself); }
        if (_store.IsBlocked(block.Account, other.Id)) { return new(block.Request, new Blocked()); }
        _watermarks.Write(block.Account); // what the other has been told of is delivered for it
        if (!_store.Block(block.Account, other.Id, Limits.MaxBlocked))
        {
            return new(block.Request, Refusals.TooManyBlocked);
        }
        TellPresence(block.Username, other.Id, isOnline: false);
        return new(block.Request, new Blocked());
    }

    private Answered Unblock(UnblockAccount unblock)
    {
        if (_accounts.Find(unblock.OtherKey) is { } other && _store.IsBlocked(unblock.Account, other.Id))
        {
            _store.Unblock(unblock.Account, other.Id);
            TellPresence(unblock.Username, other.Id, isOnline: true);
        }
        return new(unblock.Request, new Unblocked());
    }

    // To who is blocked it is as if the account had gone, and as if it came when that is over.
    private void TellPresence(string username, AccountId other, bool isOnline)
    {
        var key = Username.Fold(username);
        if (_sessions.FindPresent(key) is null) { return; }
        var news = new DeliverEvent(new PresenceChanged(username, isOnline));
        foreach (var watcher in _sessions.WatchersOf(key))
        {
            if (_sessions.IsBound(other, watcher)) { _commit.TellWhenDurable(watcher, news); }
        }
    }

    // What cannot be found out is kept back: nothing is lost by it.
    private bool IsKeptFrom(AccountId account, AccountId other)
    {
        try
        {
            return _store.IsBlocked(account, other);
        }
        catch (StorageException)
        {
            return true;
        }
    }

    private bool IsKeptFrom(AccountId account, IActorRef session) =>
        _sessions.TryFindBound(session, out var bound) && IsKeptFrom(account, bound.Account);

    private Reply BeginDeletion(DeleteAllFrom delete) => _accounts.Find(delete.OtherKey) is { } other
        ? DeleteMore(new DeleteRestFrom(delete.Request, delete.Account, other.Id, new MessageId(_lastMessageId), 0))
        : new Answered(delete.Request, new DeletedFrom(0));

    private Reply DeleteMore(DeleteRestFrom delete)
    {
        var part = _store.DeleteFrom(delete.Account, delete.Other, delete.Through, _options.Value.DeletedAtOnce);
        var deleted = delete.Deleted + part.Count;
        return part.IsLast
            ? new Answered(delete.Request, new DeletedFrom(deleted))
            : new PartDone(delete.Request, delete with { Deleted = deleted });
    }

    /// <summary>Delete more of what another has sent an account. The actor tells it itself: once begun, it goes on, whoever
    /// has the account by then.</summary>
    private sealed record DeleteRestFrom(
        long Request, AccountId Account, AccountId Other, MessageId Through, long Deleted) : Command(Request)
    {
        public override int Work => MostWork;
    }
}
