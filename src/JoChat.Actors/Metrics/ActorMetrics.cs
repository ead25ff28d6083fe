using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace JoChat.Actors;

/// <summary>What the actors of one process measure (docs/metrics.md). Where nothing is measured there is none of it.
/// </summary>
/// <remarks>Actors write plain fields, which are read when somebody looks. Only what happens once a batch goes through an
/// instrument: an instrument that is listened to takes longer than all else that is done for a message here.</remarks>
public sealed class ActorMetrics : IDisposable
{
    private readonly CountsBy<SessionKind> _sessions = new("kind");
    private readonly CountsBy<PasswordResult> _passwords = new("result");
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitDuration;
    private IActorRef? _persistence, _reader;
    private int _waitingPasswords;
    private long _stored, _pruned, _commitFailures;
    private long _added; // by the open batch; the writer's thread alone
    private long _deadLetters, _failures;

    /// <summary>Makes the instruments.</summary>
    public ActorMetrics()
    {
        Meter = new Meter("JoChat.Actors");
        Meter.CreateObservableGauge(
            "jochat.sessions", _sessions.Measure, "{session}", "Sessions, by what they are to an account.");
        Meter.CreateObservableCounter(
            "jochat.passwords", _passwords.Measure, "{password}", "Work on passwords, by what came of it.");
        Meter.CreateObservableCounter(
            "jochat.messages.stored", () => Volatile.Read(ref _stored), "{message}", "Messages committed and synced.");
        Meter.CreateObservableCounter(
            "jochat.messages.pruned", () => Volatile.Read(ref _pruned), "{message}", "Messages deleted for their age.");
        Meter.CreateObservableGauge(
            "jochat.queue.length", MeasureQueues, "{message}", "What waits for the store's actors and for password work.");
        Meter.CreateObservableCounter(
            "jochat.commit.failures", () => Volatile.Read(ref _commitFailures), "{batch}", "Batches that the store failed.");
        Meter.CreateObservableCounter(
            "jochat.dead_letters", () => Volatile.Read(ref _deadLetters), "{message}", "Messages to actors that are gone.");
        Meter.CreateObservableCounter(
            "jochat.actor.failures", () => Volatile.Read(ref _failures), "{failure}", "Actors stopped for a fault.");
        _batchSize = Meter.CreateHistogram(
            "jochat.batch.size", "{write}", "Writes and reads that share a commit.", advice: new InstrumentAdvice<int>
            {
                HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
            });
        _commitDuration = Meter.CreateHistogram(
            "jochat.commit.duration", "s", "Time to commit a transaction and sync it.", advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                    [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
            });
    }

    /// <summary>Where the instruments are found.</summary>
    public Meter Meter { get; }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    /// <summary>Measures the mailboxes of the store's actors from now on.</summary>
    internal void Watch(IActorRef persistence, IActorRef reader) => (_persistence, _reader) = (persistence, reader);

    internal void CountSession(SessionKind kind, int count) => _sessions.Add(kind, count);

    internal void NotePassword(PasswordResult result) => _passwords.Add(result);

    internal void NoteWaitingPasswords(int count) => Volatile.Write(ref _waitingPasswords, count);

    /// <summary>A message was added to the open batch. The writer's thread only, as for what follows.</summary>
    internal void NoteAdded() => _added++;

    /// <summary>A transaction was committed.</summary>
    /// <param name="began">When the commit began, as a time stamp of <see cref="Stopwatch"/>.</param>
    internal void NoteCommit(long began) => _commitDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);

    /// <summary>The open batch was committed.</summary>
    /// <param name="size">As <see cref="PersistenceOptions.MaxBatchWrites"/> counts it.</param>
    /// <param name="repeated">How many of its messages were stored before, and so were not again.</param>
    internal void NoteBatch(int size, int repeated)
    {
        Volatile.Write(ref _stored, _stored + _added - repeated);
        _added = 0;
        _batchSize.Record(size);
    }

    /// <summary>Messages were deleted because they were too old.</summary>
    internal void NotePruned(int count) => Volatile.Write(ref _pruned, _pruned + count);

    /// <summary>A transaction has failed and is undone.</summary>
    internal void NoteUndone()
    {
        _added = 0;
        Volatile.Write(ref _commitFailures, _commitFailures + 1);
    }

    internal void NoteDeadLetter() => Interlocked.Increment(ref _deadLetters);

    internal void NoteFailure() => Interlocked.Increment(ref _failures);

    private IEnumerable<Measurement<int>> MeasureQueues() =>
    [
        new(LengthOf(_persistence), new KeyValuePair<string, object?>("queue", "persistence")),
        new(LengthOf(_reader), new KeyValuePair<string, object?>("queue", "reader")),
        new(Volatile.Read(ref _waitingPasswords), new KeyValuePair<string, object?>("queue", "passwords")),
    ];

    // 0 also where the writer is in another process.
    private static int LengthOf(IActorRef? actor) =>
        actor is ActorRefWithCell { Underlying: { } cell } ? cell.NumberOfMessages : 0;
}

/// <summary>What a session is to its account.</summary>
internal enum SessionKind
{
    /// <summary>It has none.</summary>
    Guest,

    /// <summary>The account's own.</summary>
    Own,

    /// <summary>One beside that.</summary>
    Side,
}

/// <summary>What came of work on a password.</summary>
internal enum PasswordResult
{
    /// <summary>It was that of the account.</summary>
    Right,

    /// <summary>It was not, or there is no such account.</summary>
    Wrong,

    /// <summary>It was hashed, for a sign-up or another password.</summary>
    Hashed,

    /// <summary>It was not tried: too many were guessed before.</summary>
    RateLimited,

    /// <summary>It was not tried: too many were waiting.</summary>
    Busy,
}
