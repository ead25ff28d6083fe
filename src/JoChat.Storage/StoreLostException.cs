namespace JoChat.Storage;

/// <summary>What is written now would not be found again, as when the store's file is no longer where its name leads; or it
/// cannot be told what was stored. This does not pass, so it is no <see cref="StorageException"/>: nobody is answered, and
/// who catches it ends the service.</summary>
/// <param name="message">One line for the operator.</param>
/// <param name="inner">What the database said.</param>
public sealed class StoreLostException(string message, Exception? inner = null) : Exception(message, inner);
