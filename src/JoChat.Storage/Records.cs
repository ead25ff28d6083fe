using System.Text;

namespace JoChat.Storage;

/// <summary>Identifies an account, for ever: never given to another.</summary>
public readonly record struct AccountId(long Value);

/// <summary>Identifies a message, for ever; ascends in the order in which messages are stored.</summary>
public readonly record struct MessageId(long Value);

/// <summary>An account as it is stored.</summary>
public sealed record Account(AccountId Id, string Username, string PasswordHash);

/// <summary>An account in a list.</summary>
public readonly record struct AccountName(AccountId Id, string Username);

/// <summary>A message to be stored. Its time is kept to the millisecond, without its offset.</summary>
/// <param name="Id">Above all ids before.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Recipient">To whom.</param>
/// <param name="Content">The text.</param>
/// <param name="SentAt">Now.</param>
/// <param name="ClientId">What the sender calls this message, so that a retry is deduplicated; null if retries are
/// not.</param>
/// <param name="IsWithheld">Whether it is kept from its recipient for ever.</param>
public readonly record struct NewMessage(
    MessageId Id, AccountId Sender, AccountId Recipient, string Content, DateTimeOffset SentAt,
    string? ClientId = null, bool IsWithheld = false)
{
    /// <summary>What it counts in bytes of what its sender has stored (<see cref="IChatStore.CountSentBytes"/>).</summary>
    public long StoredBytes => Encoding.UTF8.GetByteCount(Content) + IChatStore.BytesBesideContent
        + (ClientId is null ? 0 : IChatStore.BytesOfClientId);
}

/// <summary>A part of a deletion that takes several.</summary>
/// <param name="Count">How many of the recipient's messages were deleted, without those that were withheld.</param>
/// <param name="IsLast">Whether nothing is left.</param>
public readonly record struct DeletedSlice(int Count, bool IsLast);

/// <summary>What was stored when a client id was first used.</summary>
/// <param name="Id">The first message's id. The message itself may be deleted by now.</param>
/// <param name="SentAt">The first message's time, in UTC.</param>
/// <param name="IsSame">Whether the message sent now has the same recipient and content: a retry.</param>
public readonly record struct FirstSend(MessageId Id, DateTimeOffset SentAt, bool IsSame);

/// <summary>A message as it is stored, with its sender's name as shown. Its time is in UTC.</summary>
public sealed record StoredMessage(
    MessageId Id, AccountId SenderId, string Sender, string Content, DateTimeOffset SentAt);

/// <summary>What a deletion of messages came to.</summary>
/// <param name="Looked">How many of the ids it has looked at, the first ones; ≥ 1 if there were any.</param>
/// <param name="Deleted">How many messages it has deleted.</param>
public readonly record struct Deletion(int Looked, int Deleted);

/// <summary>How far a message has come.</summary>
public enum DeliveryState
{
    /// <summary>It is undelivered.</summary>
    Stored,

    /// <summary>It was delivered and is unread.</summary>
    Delivered,

    /// <summary>Its recipient has read it.</summary>
    Read,
}

/// <summary>A message of a conversation. Its time is in UTC.</summary>
public sealed record PairMessage(
    MessageId Id, AccountId Sender, string Content, DateTimeOffset SentAt, DeliveryState State);

/// <summary>A message that an account was sent, with its sender's name as shown.</summary>
public sealed record ReceivedMessage(string Sender, PairMessage Message);

/// <summary>Which of the messages that an account was sent are wanted.</summary>
/// <param name="After">Only ids above this one.</param>
/// <param name="Before">Only ids below this one.</param>
/// <param name="FromOldest">Whether the oldest of them are wanted; else the newest.</param>
/// <param name="UndeliveredOnly">Whether only undelivered ones are wanted.</param>
/// <param name="Limit">Most messages, ≥ 0.</param>
public readonly record struct InboxPage(
    MessageId After, MessageId Before, bool FromOldest, bool UndeliveredOnly, int Limit);

/// <summary>A conversation in a list.</summary>
/// <param name="With">The other account; the own one for messages to oneself.</param>
/// <param name="UnreadCount">How many of the other's messages are unread, counted up to
/// <see cref="IChatStore.MaxUnreadCount"/>.</param>
/// <param name="LastMessage">The newest message of either.</param>
public sealed record StoredConversation(AccountName With, long UnreadCount, PairMessage LastMessage);
