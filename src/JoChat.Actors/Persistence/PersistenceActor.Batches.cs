using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// The four ways in which a command meets the open batch, and what happens when the store fails.
internal sealed partial class PersistenceActor
{
    /// <summary>A write: joins the open batch, or opens one.</summary>
    private void InBatch<TCommand>(Func<TCommand, object> write)
        where TCommand : notnull => Receive<TCommand>(command =>
    {
        if (IsRefused(command)) { return; }
        try
        {
            OpenBatch();
            _batch.CountWrite();
            _batch.HoldAnswer(Sender, command, write(command));
        }
        catch (StorageException fault)
        {
            Fail(fault);
            Sender.Tell(new StoreFailed(command));
            return;
        }
        if (_batch.IsFull) { Commit(); }
    });

    /// <summary>A read: sees the open batch, so its answer waits for it. If the batch fails, it is read again without
    /// it: who only reads is not refused because the disk is full.</summary>
    private void Reading<TCommand>(Func<TCommand, object> read) where TCommand : notnull => Receive<TCommand>(command =>
    {
        if (IsRefused(command)) { return; }
        Read(Sender, command, () => read(command), isAgain: false);
        if (_batch.IsFull) { Commit(); }
    });

    // Again only once: a read may open a batch of its own, to write a mark, and that fails too.
    private void Read(IActorRef asker, object command, Func<object> read, bool isAgain)
    {
        object answer;
        try
        {
            answer = read();
        }
        catch (StorageException fault)
        {
            Log.ReadFailed(_logger, command.GetType().Name, fault.Message);
            answer = new StoreFailed(command);
        }
        if (!_batch.IsOpen) { asker.Tell(answer); }
        else if (isAgain) { _batch.HoldAnswer(asker, command, answer); }
        else { _batch.HoldRead(asker, answer, () => Read(asker, command, read, isAgain: true)); }
    }

    /// <summary>Commits what is open, then runs by itself and is answered at once.</summary>
    private void Alone<TCommand>(Func<TCommand, object> work) where TCommand : notnull => Receive<TCommand>(command =>
    {
        Commit();
        if (IsRefused(command)) { return; }
        try
        {
            Sender.Tell(work(command));
        }
        catch (StorageException fault)
        {
            NoteFailure(fault);
            Sender.Tell(new StoreFailed(command));
        }
    });

    /// <summary>What the BrowseActor reads and answers. It shows how far messages have come, so what is known of that
    /// is written first.</summary>
    private void HandOn<TCommand>() where TCommand : AccountCommand => Receive<TCommand>(command =>
    {
        if (IsRefused(command)) { return; }
        try
        {
            WriteAllMarks();
        }
        catch (StorageException fault)
        {
            Fail(fault); // reading goes on
        }
        if (_batch.IsOpen) { _batch.HoldCommand(_browsing, command, Sender); }
        else { _browsing.Forward(command); }
    });

    private void OpenBatch()
    {
        if (_batch.Open()) { Self.Tell(CommitBatch.Instance); }
    }

    private bool IsRefused(object command)
    {
        if (command is not AccountCommand ofAccount || _online.IsBound(ofAccount.Account, Sender)) { return false; }
        Answer(command, Refusals.NotLoggedIn(ofAccount.Operation));
        return true;
    }

    private void Answer(object command, object answer)
    {
        if (_batch.IsOpen) { _batch.HoldAnswer(Sender, command, answer); }
        else { Sender.Tell(answer); }
    }

    private void Commit()
    {
        if (!_batch.IsOpen) { return; }
        try
        {
            _batch.Commit();
            _marks.Committed();
        }
        catch (StorageException fault)
        {
            Fail(fault);
            return;
        }
        NoteSuccess();
    }

    private void Fail(StorageException fault)
    {
        var reads = _batch.Fail();
        _marks.RolledBack();
        if (_marks.Any) { WriteMarksLater(); }
        _accounts.Clear(); // one that was added in the batch is not there
        NoteFailure(fault);
        foreach (var readAgain in reads) { readAgain(); }
    }

    private void NoteSuccess()
    {
        if (_failedBatches == 0) { return; }
        Log.StoreRecovered(_logger, _failedBatches);
        _failedBatches = 0;
    }

    // A full disk fails every batch; one line says so, and one more that it is over.
    private void NoteFailure(StorageException fault)
    {
        if (_failedBatches++ == 0) { Log.StoreFailing(_logger, fault.Message); }
    }
}
