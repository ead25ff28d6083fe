namespace JoChat.Storage;

/// <summary>A row of the original's table <c>users</c>.</summary>
/// <param name="Id">A positive number, unless somebody has edited the file.</param>
/// <param name="Name">The username, as it was signed up.</param>
/// <param name="Password">What the client sent as the password, and has to send again: usually its SHA-256.</param>
public sealed record OriginalAccount(OriginalValue Id, OriginalValue Name, OriginalValue Password);

/// <summary>A row of the original's table <c>messages</c>.</summary>
/// <param name="Id">A positive number, unless somebody has edited the file.</param>
/// <param name="HasUsableId">Whether the id is a positive number that no message before it has.</param>
/// <param name="Sender">The sender's username.</param>
/// <param name="Recipient">The recipient's username.</param>
/// <param name="Content">The text.</param>
/// <param name="ToDeliver">Despite its name, 1 if the message was delivered: its recipient was logged in, or has fetched
/// it; 0 if it was not.</param>
public sealed record OriginalMessage(
    OriginalValue Id, bool HasUsableId, OriginalValue Sender, OriginalValue Recipient, OriginalValue Content,
    OriginalValue ToDeliver);
