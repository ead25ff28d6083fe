namespace JoChat.Storage;

/// <summary>The store's file is no longer where its name leads: what is written now would not be found again. This does
/// not pass, so it is no <see cref="StorageException"/>: who catches it ends the service.</summary>
/// <param name="message">One line for the operator.</param>
public sealed class DatabaseMovedException(string message) : Exception(message);
