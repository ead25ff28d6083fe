namespace JoChat.Storage;

/// <summary>Identifies an account, for ever: never given to another.</summary>
public readonly record struct AccountId(long Value);

/// <summary>Identifies a message, for ever; ascends in the order of storing.</summary>
public readonly record struct MessageId(long Value);

/// <summary>An account as it is stored.</summary>
public sealed record Account(AccountId Id, string Username, string PasswordHash);

/// <summary>An account in a list.</summary>
public readonly record struct AccountName(AccountId Id, string Username);

/// <summary>A message to be stored. Its time is kept to the millisecond, without its offset.</summary>
public readonly record struct NewMessage(
    MessageId Id, AccountId Sender, AccountId Recipient, string Content, DateTimeOffset SentAt);

/// <summary>A message as it is stored, with its sender's name as shown. Its time is in UTC.</summary>
public sealed record StoredMessage(MessageId Id, string Sender, string Content, DateTimeOffset SentAt);
