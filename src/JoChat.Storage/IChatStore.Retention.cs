namespace JoChat.Storage;

// Messages that are too old.
public partial interface IChatStore
{
    /// <summary>Looks at some of the messages, also withheld ones, in the order of their ids, for those that were sent before
    /// a time. That takes a millisecond or two. What the open batch has added may be missing.</summary>
    /// <param name="after">Only ids above this one.</param>
    /// <param name="before">The time.</param>
    OldMessages FindOld(MessageId after, DateTimeOffset before);

    /// <summary>Deletes messages, also withheld ones, whoever's they are; their client ids stay used. Needs a batch.</summary>
    /// <param name="ids">Those that <see cref="FindOld"/> has found, which take a millisecond or two.</param>
    /// <returns>How many there were.</returns>
    int DeleteOld(IReadOnlyList<MessageId> ids);
}

/// <summary>What a look for old messages has found.</summary>
/// <param name="Ids">Those that are old, ascending.</param>
/// <param name="First">There is none below it, from where it began; the first that was looked at, if there was one.</param>
/// <param name="Through">The last that was looked at.</param>
/// <param name="IsLast">Whether there were no others behind it.</param>
public sealed record OldMessages(IReadOnlyList<MessageId> Ids, MessageId First, MessageId Through, bool IsLast);
