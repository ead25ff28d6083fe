using System.Diagnostics;
using System.Text;
using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>The one gate to the store: it alone begins, commits and rolls back. A batch is one transaction with one
/// sync to disk; writes that come while it is open join it, and what is answered meanwhile leaves when it is durable.
/// </summary>
/// <typeparam name="TSession">Who is answered.</typeparam>
/// <param name="store">The store.</param>
/// <param name="options">How large a batch may grow.</param>
/// <param name="tell">Sends a message.</param>
/// <param name="commitSoon">Asks for <see cref="CommitDue"/>; called once until that follows, or such requests would
/// add up under load and cut every batch short.</param>
/// <param name="correct">Corrects what waits for a batch, or drops it (null), by what that batch has found to be sent before
/// (<see cref="IChatStore.Commit"/>).</param>
/// <param name="logger">Where a failing store is told.</param>
/// <param name="metrics">Is told of each batch; null if nothing is measured.</param>
internal sealed partial class GroupCommit<TSession>(
    IChatStore store, Changeable<PersistenceOptions> options, Action<TSession, object> tell, Action commitSoon,
    Func<object, IReadOnlyDictionary<MessageId, FirstSend>, object?> correct, ILogger logger, ActorMetrics? metrics = null)
{
    private readonly List<Held> _held = [];
    private int _work;
    private long _bytes;
    private int _failedBatches;
    private bool _isCommitDue;

    private bool IsOpen { get; set; }

    /// <summary>Raised when a transaction is durable.</summary>
    public event Action? Committed;

    /// <summary>Raised when a transaction is undone.</summary>
    public event Action? RolledBack;

    /// <summary>Has a command write in the open batch, or opens one. Its reply waits for the commit; if that fails,
    /// <see cref="StoreFailed"/> goes instead.</summary>
    public void Write<TCommand>(TSession asker, TCommand command, Func<TCommand, Reply> write) where TCommand : Command
    {
        try
        {
            Open();
            _work += command.Work;
            _held.Add(new Held(asker, write(command)));
        }
        catch (StorageException fault)
        {
            Fail(fault);
            tell(asker, new StoreFailed(command.Request));
            return;
        }
        CommitIfFull();
    }

    /// <summary>Has a command read. It sees the open batch, so its reply waits for it. If the batch fails, it is read
    /// again without it: who only reads is not refused because the disk is full.</summary>
    /// <param name="asker">Who is answered.</param>
    /// <param name="command">The command.</param>
    /// <param name="read">Writes nothing to the store, and may be done twice.</param>
    public void Read<TCommand>(TSession asker, TCommand command, Func<TCommand, Reply> read) where TCommand : Command
    {
        var reply = TryRead(command, read);
        if (!IsOpen)
        {
            tell(asker, reply);
            return;
        }
        _work += command.Work;
        HoldRead(asker, reply, command, read);
        CommitIfFull();
    }

    /// <summary>Has a command work with no batch open, and answers it at once. It may <see cref="Transact"/>.</summary>
    public void Exclusive<TCommand>(TSession asker, TCommand command, Func<TCommand, Reply> work)
        where TCommand : Command
    {
        Commit();
        try
        {
            tell(asker, work(command));
        }
        catch (StorageException fault)
        {
            NoteFailure(fault);
            tell(asker, new StoreFailed(command.Request));
        }
    }

    /// <summary>Writes in a transaction of its own, durable on return. With no batch open.</summary>
    /// <exception cref="StorageException">It failed, and is undone.</exception>
    public void Transact(Action write)
    {
        try
        {
            store.Begin();
            write();
            CommitStore();
        }
        catch (StorageException)
        {
            Undo();
            throw;
        }
        NoteSuccess();
    }

    /// <summary>Writes in the open batch, or in one of its own, and commits it. If it fails, so does the batch.
    /// </summary>
    public void CommitWith(Action write)
    {
        try
        {
            if (!IsOpen) { store.Begin(); }
            IsOpen = true;
            write();
        }
        catch (StorageException fault)
        {
            Fail(fault);
            return;
        }
        Commit();
    }

    /// <summary>Commits what is open, as was asked for when it was opened.</summary>
    public void CommitDue()
    {
        _isCommitDue = false;
        Commit();
    }

    /// <summary>Sends a message when the open batch is durable; if it fails, the message is dropped. Needs an open
    /// batch.</summary>
    public void TellWhenDurable(TSession recipient, object message) => _held.Add(new Held(recipient, message));

    /// <summary>Counts what a write stores or compares, or what a read that waits for the batch has fetched.</summary>
    public void CountContent(string content)
    {
        if (IsOpen) { _bytes += Encoding.UTF8.GetByteCount(content); }
    }

    /// <summary>Makes the open batch durable and lets go what waits for it, in order.</summary>
    public void Commit()
    {
        if (!IsOpen) { return; }
        IReadOnlyDictionary<MessageId, FirstSend> sentBefore;
        try
        {
            sentBefore = CommitStore();
        }
        catch (StorageException fault)
        {
            Fail(fault);
            return;
        }
        metrics?.NoteBatch(_work, sentBefore.Count);
        NoteSuccess();
        foreach (var held in _held)
        {
            var message = sentBefore.Count == 0 ? held.Message : correct(held.Message, sentBefore);
            if (message is not null) { tell(held.To, message); }
        }
        Close();
    }

    /// <summary>Undoes the open batch without a word, when the process fails.</summary>
    public void Abandon() => store.Rollback();

    private void Open()
    {
        if (IsOpen) { return; }
        store.Begin();
        IsOpen = true;
        if (_isCommitDue) { return; }
        _isCommitDue = true;
        commitSoon();
    }

    private IReadOnlyDictionary<MessageId, FirstSend> CommitStore()
    {
        if (metrics is null) { return store.Commit(); }
        var began = Stopwatch.GetTimestamp();
        var sentBefore = store.Commit();
        metrics.NoteCommit(began);
        return sentBefore;
    }

    private void HoldRead<TCommand>(TSession asker, Reply reply, TCommand command, Func<TCommand, Reply> read)
        where TCommand : Command =>
        _held.Add(new Held(asker, reply, ReadAgain: () => TryRead(command, read)));

    private void CommitIfFull()
    {
        if (_work >= options.Value.MaxBatchWrites || _bytes >= options.Value.MaxBatchBytes) { Commit(); }
    }

    private Reply TryRead<TCommand>(TCommand command, Func<TCommand, Reply> read) where TCommand : Command
    {
        try
        {
            return read(command);
        }
        catch (StorageException fault)
        {
            Log.ReadFailed(logger, typeof(TCommand).Name, fault.Message);
            return new StoreFailed(command.Request);
        }
    }

    private void Fail(StorageException fault)
    {
        Undo();
        NoteFailure(fault);
        Held[] held = [.. _held];
        Close(); // before anything is read again
        foreach (var (to, message, readAgain) in held)
        {
            if (readAgain is not null) { tell(to, readAgain()); }
            else if (message is Reply reply) { tell(to, new StoreFailed(reply.Request)); }
        }
    }

    private void Undo()
    {
        store.Rollback();
        metrics?.NoteUndone();
        RolledBack?.Invoke();
    }

    private void Close()
    {
        _held.Clear();
        (_work, _bytes, IsOpen) = (0, 0, false);
    }

    private void NoteSuccess()
    {
        Committed?.Invoke();
        if (_failedBatches == 0) { return; }
        Log.StoreRecovered(logger, _failedBatches);
        _failedBatches = 0;
    }

    // A full disk fails every batch; one line says so, and one more that it is over.
    private void NoteFailure(StorageException fault)
    {
        if (_failedBatches++ == 0) { Log.StoreFailing(logger, fault.Message); }
    }

    private readonly record struct Held(TSession To, object Message, Func<Reply>? ReadAgain = null);

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Error,
            "Message store fails, senders are refused until it works again: {Fault}")]
        public static partial void StoreFailing(ILogger logger, string fault);

        [LoggerMessage(3002, LogLevel.Information, "Message store works again after {FailedBatches} failed batches")]
        public static partial void StoreRecovered(ILogger logger, int failedBatches);

        [LoggerMessage(3003, LogLevel.Error, "{Command} could not read the message store: {Fault}")]
        public static partial void ReadFailed(ILogger logger, string command, string fault);
    }
}
