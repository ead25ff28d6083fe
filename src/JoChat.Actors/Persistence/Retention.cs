using JoChat.Storage;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors;

/// <summary>Finds the messages that are older than they may become, a slice at a time, and has them deleted.</summary>
/// <remarks>It looks at the oldest ids, and then at some of the others, all in turn: ids ascend with time but where a clock
/// was set, and a message with a date in the future does not keep those behind it.</remarks>
/// <param name="store">The store.</param>
/// <param name="keepsFor">How old messages may become; zero: they are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it is told how many were deleted.</param>
internal sealed partial class Retention(
    IChatStore store, Changeable<TimeSpan> keepsFor, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan TellsEvery = TimeSpan.FromHours(1);

    private TimeSpan _keepsFor; // by which messages were deleted that nobody was told of
    private IReadOnlyList<MessageId> _found = [];
    private MessageId _below; // up to it there are none: PostgreSQL would pass over all that it has not cleaned up
    private MessageId _lookedThrough; // in turn
    private long _untold;
    private long? _toldAt;
    private long _begunAt; // with the first that nobody was told of

    private bool MayTell => _toldAt is not { } toldAt || time.GetElapsedTime(toldAt) >= TellsEvery;

    /// <summary>Looks for expired messages.</summary>
    public bool HasExpired()
    {
        if (_keepsFor != keepsFor.Value)
        {
            Tell();
            _keepsFor = keepsFor.Value;
        }
        if (_keepsFor <= TimeSpan.Zero) { return false; }
        var before = time.GetUtcNow() - _keepsFor;
        var oldest = store.FindOld(_below, before);
        (_found, _below) = (oldest.Ids, new MessageId(oldest.First.Value - 1));
        if (_found.Count > 0) { return true; }
        var others = store.FindOld(new MessageId(Math.Max(_lookedThrough.Value, _below.Value)), before);
        // Where some were found it looks again: they may not be deleted, if the store fails.
        if (others.Ids.Count == 0) { _lookedThrough = others.IsLast ? default : others.Through; }
        _found = others.Ids;
        return _found.Count > 0;
    }

    /// <summary>Deletes those that <see cref="HasExpired"/> has found last. Needs a transaction.</summary>
    /// <returns>How many.</returns>
    public int DeleteExpired() => store.DeleteOld(_found);

    /// <summary>A batch was undone: messages that were seen to be gone may be there.</summary>
    public void LookAgain() => _below = default;

    /// <summary>So many were deleted for good. Tells that it has begun, and once an hour how far it is.</summary>
    public void Count(int deleted)
    {
        if (_untold == 0)
        {
            _begunAt = time.GetTimestamp();
            if (MayTell) { Log.Begins(logger, _keepsFor.TotalDays); }
        }
        _untold += deleted;
        if (time.GetElapsedTime(_begunAt) >= TellsEvery) { Tell(); }
    }

    /// <summary>Tells how many were deleted, once an hour at most.</summary>
    public void TellSometimes()
    {
        if (MayTell) { Tell(); }
    }

    /// <summary>Tells how many were deleted since it was told.</summary>
    public void Tell()
    {
        if (_untold == 0) { return; }
        Log.Expired(logger, _untold, _keepsFor.TotalDays);
        (_untold, _toldAt) = (0, time.GetTimestamp());
    }

    private static partial class Log
    {
        [LoggerMessage(3033, LogLevel.Information, "Retention: messages older than {Days} days are being deleted")]
        public static partial void Begins(ILogger logger, double days);

        [LoggerMessage(3032, LogLevel.Information, "Retention: {Count} messages older than {Days} days were deleted")]
        public static partial void Expired(ILogger logger, long count, double days);
    }
}
