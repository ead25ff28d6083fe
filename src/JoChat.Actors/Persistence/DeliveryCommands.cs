using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// How messages come to their recipient by themselves.

/// <summary>Told to the session of a message's recipient after the message is durable. Not an answer.</summary>
internal sealed record LiveMessage(MessageArrived Event, AccountId Sender) : INotInfluenceReceiveTimeout;

/// <summary>Told to a session whose connection asked for such events. Not an answer.</summary>
internal sealed record Announcement(ServerEvent Event) : INotInfluenceReceiveTimeout;

/// <summary>Read what waits for the account, to push it. Answered by <see cref="BacklogRead"/>.</summary>
internal sealed record ReadBacklog(AccountId Account, MessageId After, int Limit, int MaxBytes);

/// <summary>A page of what waits, ascending.</summary>
/// <param name="After">Where the page begins, as asked for.</param>
/// <param name="Messages">The page.</param>
/// <param name="IsLast">Whether nothing was left beyond it. Then every later message comes as
/// <see cref="LiveMessage"/>, behind this answer.</param>
internal sealed record BacklogRead(MessageId After, IReadOnlyList<StoredMessage> Messages, bool IsLast)
    : INotInfluenceReceiveTimeout;

/// <summary>The account has received its messages up to this one. Not answered, and nothing is done if another session
/// has the account now: it will be handed them.</summary>
/// <param name="Account">The account.</param>
/// <param name="By">Its name, for receipts.</param>
/// <param name="Through">The newest message received.</param>
/// <param name="Sender">Who sent that; default if there is no receipt to give.</param>
/// <param name="Earlier">The others received with it. Apart from the newest, so that a lone message needs no
/// array.</param>
internal sealed record MarkReceived(
    AccountId Account, string By, MessageId Through, AccountId Sender, ImmutableArray<ReceivedMessage> Earlier);

/// <summary>A message that was received, and whose.</summary>
internal readonly record struct ReceivedMessage(MessageId Id, AccountId Sender);
