namespace JoChat.Storage;

// What bounds need to know. Each takes as long as it counts.
public partial interface IChatStore
{
    /// <summary>What remembering a client id counts, in bytes, also when its message is deleted.</summary>
    const int BytesOfClientId = 100;

    /// <summary>How many bytes of messages that an account has sent are stored: the content of each in UTF-8 and
    /// <see cref="BytesBesideContent"/>, and each client id that is remembered (<see cref="BytesOfClientId"/>). Opening the
    /// store, and a batch that is rolled back, may make it too low, by less than 64 KiB each time.</summary>
    long CountSentBytes(AccountId sender);

    /// <summary>How many of the messages that <paramref name="sender"/> sent <paramref name="recipient"/> are
    /// undelivered, as the sender sees it: while the block holds, what is withheld is among them, and what was then is told.
    /// Where messages are marked one by one, it may be less by as many as are, whoever sent those.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="sender">From whom.</param>
    /// <param name="after">Only ids above this one; a pending watermark.</param>
    /// <param name="limit">Where counting stops.</param>
    long CountUndeliveredFrom(AccountId recipient, AccountId sender, MessageId after, int limit);

    /// <summary>How many messages for <paramref name="recipient"/> are undelivered.</summary>
    /// <param name="recipient">Whose messages.</param>
    /// <param name="after">Only ids above this one; a pending watermark.</param>
    /// <param name="limit">Where counting stops.</param>
    long CountInbox(AccountId recipient, MessageId after, int limit);

    /// <summary>Whether a message from one to the other is stored that was not withheld.</summary>
    bool HasSent(AccountId sender, AccountId recipient);

    /// <summary>How many bytes are free where the store is; <see cref="long.MaxValue"/> if that cannot be told. Never
    /// throws.</summary>
    long MeasureFreeBytes();

    /// <summary>Finds what was first stored under a message's client id, without adding the message.</summary>
    /// <returns>Null if there is nothing, or the message has none.</returns>
    FirstSend? FindFirstSend(in NewMessage message);
}
