using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Who is kept from whom, and the deletion of all that one has sent.
internal sealed partial class PersistenceActor
{
    // Deletions that are going on, by the number of the command that the actor gives itself for each slice.
    private readonly Dictionary<long, Deletion> _deletions = [];
    private long _lastDeletion;

    private void ReceiveBlocks()
    {
        HandleWrite<BlockAccount>(Block);
        HandleWrite<UnblockAccount>(Unblock);
        Handle<DeleteAllFrom>(BeginDeletion);
        Receive<DeleteSlice>(WriteSlice);
        Receive<SliceDeleted>(ContinueDeletion);
        Receive<StoreFailed>(failed => EndDeletion(failed.Request, asked => new StoreFailed(asked)));
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

    // A slice at a time, each behind what has come meanwhile. Once begun it goes on, whoever still waits for its answer.
    private void BeginDeletion(DeleteAllFrom delete)
    {
        var number = ++_lastDeletion;
        _deletions.Add(number, new Deletion(Sender, delete.Request));
        WriteSlice(new DeleteSlice(number, delete.Account, delete.OtherKey, new MessageId(_lastMessageId)));
    }

    // It asks itself, so that what comes of the slice comes back behind its commit.
    private void WriteSlice(DeleteSlice slice) => _commit.Write(Self, slice, Delete);

    private SliceDeleted Delete(DeleteSlice slice) => new(slice, _accounts.Find(slice.OtherKey) is { } other
        ? _store.DeleteFrom(slice.Account, other.Id, slice.Through, _deletedAtOnce)
        : new DeletedSlice(0, IsLast: true));

    private void ContinueDeletion(SliceDeleted deleted)
    {
        var deletion = _deletions[deleted.Request];
        deletion.Count += deleted.Part.Count;
        if (deleted.Part.IsLast)
        {
            EndDeletion(deleted.Request, asked => new Answered(asked, new DeletedFrom(deletion.Count)));
            return;
        }
        Self.Tell(deleted.Slice);
    }

    private void EndDeletion(long number, Func<long, Reply> answer)
    {
        if (_deletions.Remove(number, out var deletion)) { deletion.Asker.Tell(answer(deletion.Request), Self); }
    }

    /// <summary>Delete some of the messages that one has sent another. The actor tells it itself.</summary>
    private sealed record DeleteSlice(long Request, AccountId Account, string OtherKey, MessageId Through)
        : Command(Request);

    /// <summary>A slice is deleted, durably.</summary>
    private sealed record SliceDeleted(DeleteSlice Slice, DeletedSlice Part) : Reply(Slice.Request);

    /// <summary>A deletion of several slices.</summary>
    private sealed class Deletion(IActorRef asker, long request)
    {
        public IActorRef Asker => asker;

        public long Request => request;

        /// <summary>How many messages are deleted, durably.</summary>
        public long Count { get; set; }
    }
}
