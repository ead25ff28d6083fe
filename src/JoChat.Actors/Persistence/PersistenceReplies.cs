using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>What a session hears of the PersistenceActor and the ReaderActor.</summary>
internal static class PersistenceReplies
{
    /// <summary>The answer to a command.</summary>
    /// <param name="Request">The command's request number.</param>
    internal abstract record Reply(long Request);

    /// <summary>The response for the client. What it says is durable.</summary>
    internal sealed record Answered(long Request, Response Response) : Reply(Request);

    /// <summary>A part is done and durable. No session hears it: the actor goes on with the next part, when it is the
    /// session's turn again.</summary>
    internal sealed record PartDone(long Request, Command Next) : Reply(Request);

    /// <summary>The response for the client, if its session still has the account then.</summary>
    internal sealed record AnsweredFor(long Request, AccountId Account, Response Response) : Reply(Request);

    /// <summary>The store failed and nothing of the command was done.</summary>
    internal sealed record StoreFailed(long Request) : Reply(Request), INotInfluenceReceiveTimeout;

    /// <summary>The account, or null.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Account">The account.</param>
    /// <param name="IsUsual">Whether it has a login from where it was asked for.</param>
    internal sealed record AccountFound(long Request, Account? Account, bool IsUsual = false) : Reply(Request);

    /// <summary>The session is bound: messages stored from now on are live, unless it is a side session.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Account">The account.</param>
    /// <param name="LiveAfter">The newest message there was; the account's messages above it are live. For a side
    /// session none is.</param>
    /// <param name="UndeliveredCount">How many messages were sent while the account was away.</param>
    internal sealed record SessionBegun(long Request, Account Account, MessageId LiveAfter, long UndeliveredCount)
        : Reply(Request)
    {
        /// <summary>The login whose token it came with or got; null if none.</summary>
        public LoginId? Kept { get; init; }

        /// <summary>When the password was given: for this session, or for the login whose token it came with.</summary>
        public DateTimeOffset ProvenAt { get; init; }

        /// <summary>Since when it is bound.</summary>
        public DateTimeOffset Since { get; init; }
    }

    /// <summary>The session has its account again: what is stored from now on is live.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Newest">The newest message that the account was sent, if the session listens to the inbox and there
    /// is one.</param>
    internal sealed record SessionRebound(long Request, MessageId? Newest = null)
        : Reply(Request), INotInfluenceReceiveTimeout;

    /// <summary>The session cannot have its account again, which is another's, or gone.</summary>
    internal sealed record RebindRefused(long Request, SessionCloseReason Reason)
        : Reply(Request), INotInfluenceReceiveTimeout;

    /// <summary>A resume token was good.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Used">Its login.</param>
    /// <param name="Next">The token for the next time; null if none was asked for.</param>
    internal sealed record TokenUsed(long Request, UsedToken Used, Secret? Next) : Reply(Request);

    /// <summary>A page of undelivered messages, ascending.</summary>
    /// <param name="After">Where the page begins, as asked for.</param>
    /// <param name="Messages">The page.</param>
    /// <param name="IsLast">Whether nothing was left beyond it. Then every later message comes as
    /// <see cref="LiveMessage"/>, behind this answer.</param>
    internal sealed record UndeliveredRead(MessageId After, IReadOnlyList<StoredMessage> Messages, bool IsLast)
        : Reply(0), INotInfluenceReceiveTimeout;

    /// <summary>All that came before is durable, if the store took it.</summary>
    internal sealed record Flushed(long Request) : Reply(Request);

    // Notifications: caused by other sessions, not by a command.

    /// <summary>A message for the session's account was stored, and is durable.</summary>
    internal sealed record LiveMessage(MessageArrived Event, AccountId Sender) : INotInfluenceReceiveTimeout;

    /// <summary>Messages for the session's account were stored, and are durable, but could not be told: they are to be read.
    /// </summary>
    internal sealed record Behind : INotInfluenceReceiveTimeout
    {
        public static Behind Instance { get; } = new();
    }

    /// <summary>The PersistenceActor is out of reach. It has unbound the session or will do so, and what is in flight was
    /// done or was not.</summary>
    internal sealed record WriterLost : INotInfluenceReceiveTimeout
    {
        public static WriterLost Instance { get; } = new();
    }

    /// <summary>A PersistenceActor is in reach again, this one or another: the session may bind again.</summary>
    internal sealed record WriterFound : INotInfluenceReceiveTimeout
    {
        public static WriterFound Instance { get; } = new();
    }

    /// <summary>An event that the session's connection asked for.</summary>
    internal sealed record DeliverEvent(ServerEvent Event) : INotInfluenceReceiveTimeout;

    /// <summary>Someone else has unbound the session. What it was bound for is another's, or gone.</summary>
    internal sealed record SessionEnded(SessionCloseReason Reason) : INotInfluenceReceiveTimeout;
}
