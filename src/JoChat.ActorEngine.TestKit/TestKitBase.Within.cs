#nullable disable annotations
namespace JoChat.ActorEngine.TestKit;

/// <summary>Bounding the time of a part of the test: what waits in there waits for the rest of it by default.</summary>
public abstract partial class TestKitBase
{
    /// <summary>Runs a part of the test, which must be done in time.</summary>
    /// <param name="max">Most time for it.</param>
    /// <param name="action">The part.</param>
    public void Within(TimeSpan max, Action action) => Within(TimeSpan.Zero, max, action);

    /// <summary>Runs a part of the test, which must be done in time and not too early.</summary>
    /// <param name="min">Least time for it.</param>
    /// <param name="max">Most time for it.</param>
    /// <param name="action">The part.</param>
    public void Within(TimeSpan min, TimeSpan max, Action action) => Within(min, max, () =>
    {
        action();
        return true;
    });

    /// <summary>Runs a part of the test, which must be done in time.</summary>
    /// <typeparam name="T">What the part returns.</typeparam>
    /// <param name="max">Most time for it.</param>
    /// <param name="function">The part.</param>
    public T Within<T>(TimeSpan max, Func<T> function) => Within(TimeSpan.Zero, max, function);

    /// <summary>Runs a part of the test, which must be done in time and not too early.</summary>
    /// <typeparam name="T">What the part returns.</typeparam>
    /// <param name="min">Least time for it.</param>
    /// <param name="max">Most time for it.</param>
    /// <param name="function">The part.</param>
    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function)
    {
        var (outer, start) = BeginWithin(max);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = outer;
        }

        CheckTime(min, max, start);
        return result;
    }

    /// <summary>Runs a part of the test, which must be done in time.</summary>
    /// <param name="max">Most time for it.</param>
    /// <param name="actionAsync">The part.</param>
    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync) => WithinAsync(TimeSpan.Zero, max, actionAsync);

    /// <summary>Runs a part of the test, which must be done in time and not too early.</summary>
    /// <param name="min">Least time for it.</param>
    /// <param name="max">Most time for it.</param>
    /// <param name="actionAsync">The part.</param>
    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync) => WithinAsync(min, max, async () =>
    {
        await actionAsync();
        return true;
    });

    /// <summary>Runs a part of the test, which must be done in time.</summary>
    /// <typeparam name="T">What the part returns.</typeparam>
    /// <param name="max">Most time for it.</param>
    /// <param name="function">The part.</param>
    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function) => WithinAsync(TimeSpan.Zero, max, function);

    /// <summary>Runs a part of the test, which must be done in time and not too early.</summary>
    /// <typeparam name="T">What the part returns.</typeparam>
    /// <param name="min">Least time for it.</param>
    /// <param name="max">Most time for it.</param>
    /// <param name="function">The part.</param>
    public async Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function)
    {
        var (outer, start) = BeginWithin(max);
        T result;
        try
        {
            result = await function();
        }
        finally
        {
            _end = outer;
        }

        CheckTime(min, max, start);
        return result;
    }

    private (long? Outer, long Start) BeginWithin(TimeSpan max)
    {
        var start = Local.Time.GetTimestamp();
        var end = start + (long)(Dilated(max).TotalSeconds * Local.Time.TimestampFrequency);
        var outer = _end;
        _end = outer is { } bound && bound < end ? bound : end;
        return (outer, start);
    }

    private void CheckTime(TimeSpan min, TimeSpan max, long start)
    {
        var taken = Local.Time.GetElapsedTime(start);
        if (taken < min) { Fail($"The block took {taken}, less than {min}."); }
        if (taken > Dilated(max)) { Fail($"The block took {taken}, more than {Dilated(max)}."); }
    }
}
