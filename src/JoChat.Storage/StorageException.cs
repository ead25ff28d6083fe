namespace JoChat.Storage;

/// <summary>The store failed. The message is one line: what failed, on which file, and what to do.</summary>
public sealed class StorageException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">One line for the operator.</param>
    /// <param name="isTransient">Whether the same call may succeed later, as when the disk was full.</param>
    /// <param name="inner">What the database said.</param>
    public StorageException(string message, bool isTransient, Exception? inner = null) : base(message, inner) =>
        IsTransient = isTransient;

    /// <summary>Whether the same call may succeed later, as when the disk was full.</summary>
    public bool IsTransient { get; }
}
