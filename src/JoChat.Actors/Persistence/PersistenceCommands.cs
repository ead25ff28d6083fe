using System.Collections.Immutable;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>What sessions ask of the PersistenceActor. A <see cref="Command"/> is answered once, by a
/// <see cref="PersistenceReplies.Reply"/> with its request number; the others are not answered.</summary>
internal static class PersistenceCommands
{
    /// <summary>The work of a command that takes a millisecond or two. What would take longer is done in parts, each a
    /// command of its own.</summary>
    internal const int MostWork = FairTurns.Turn;

    /// <summary>A command that is answered.</summary>
    /// <param name="Request">The session's number of the client's request; 0 if it is the session's own.</param>
    internal abstract record Command(long Request) : IWeighed
    {
        /// <summary>About how many short messages could be stored in the same time; ≥ 1. What it stores is not
        /// counted.</summary>
        public virtual int Work => 1;

        /// <inheritdoc/>
        public virtual int Weight => Work;
    }

    /// <summary>A command that a session gives for the account it is bound to. Refused as not logged in if it is not;
    /// so is all that was still on its way when another session took over.</summary>
    internal abstract record AccountCommand(long Request, AccountId Account) : Command(Request)
    {
        public abstract Operation Operation { get; }
    }

    // Messages

    /// <summary>Store a message and have it delivered.</summary>
    internal sealed record StoreMessage(
        long Request, AccountId Account, string Sender, string RecipientKey, string Content, string? ClientId = null)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.SendMessage;

        public override int Weight => 1 + (Content.Length / 1024);
    }

    /// <summary>Count the account's undelivered messages.</summary>
    internal sealed record CountUndelivered(long Request, AccountId Account, MessageId LiveAfter)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.CountUnread;

        public override int Work => MostWork;
    }

    /// <summary>Hand over the oldest messages that were sent while the account was away, as delivered.</summary>
    internal sealed record FetchUndelivered(long Request, AccountId Account, MessageId LiveAfter, int Limit)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.FetchAway;

        public override int Work => MostWork;
    }

    /// <summary>List what was delivered to the account, the live messages included.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Account">The account.</param>
    /// <param name="LiveAfter">The newest message that is not live.</param>
    /// <param name="DeliversLive">Whether the live ones are delivered by this; else they are by being pushed.</param>
    internal sealed record ListAndDeliver(long Request, AccountId Account, MessageId LiveAfter, bool DeliversLive)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.ListDelivered;

        public override int Work => MostWork;

        /// <summary>What is listed already, the newest first.</summary>
        public ImmutableList<InboxMessage> Listed { get; init; } = [];

        /// <summary>Only older messages are still to be listed.</summary>
        public MessageId Before { get; init; } = new(long.MaxValue);

        /// <summary>How much longer the list may become; null at first.</summary>
        public ByteBudget? Budget { get; init; }
    }

    /// <summary>Count everything the account was sent up to a message as delivered.</summary>
    internal sealed record MarkInboxDelivered(long Request, AccountId Account, MessageId Through)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.MarkDelivered;

        public override int Work => MostWork;
    }

    /// <summary>Delete messages that the account was sent.</summary>
    internal sealed record DiscardMessages(long Request, AccountId Account, ReadOnlyMemory<long> Ids)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.DeleteMessages;

        public override int Work => MostWork;

        /// <summary>How many are deleted already.</summary>
        public int Deleted { get; init; }
    }

    /// <summary>Delete all that another has sent the account until now.</summary>
    internal sealed record DeleteAllFrom(long Request, AccountId Account, string OtherKey)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.DeleteFrom;

        public override int Work => MostWork;
    }

    /// <summary>Read a page of the account's undelivered messages, to push it. Answered by
    /// <see cref="PersistenceReplies.UndeliveredRead"/>.</summary>
    internal sealed record ReadUndelivered(AccountId Account, MessageId After, int Limit, int MaxBytes) : Command(0);

    /// <summary>Messages were delivered to the account. Its later acks are ignored once another session has taken the
    /// account over: the messages are pushed to that one.</summary>
    /// <param name="Account">The account.</param>
    /// <param name="By">Its name, for receipts.</param>
    /// <param name="Through">The newest message delivered, and with it all before.</param>
    /// <param name="Sender">Who sent that; default if there is no receipt to give.</param>
    /// <param name="Earlier">The others delivered with it. Apart from the newest, so that a lone message needs no
    /// array.</param>
    internal sealed record ConfirmDelivery(
        AccountId Account, string By, MessageId Through, AccountId Sender, ImmutableArray<DeliveredMessage> Earlier);

    // Conversations and presence

    /// <summary>Mark what another wrote to the account as read.</summary>
    internal sealed record MarkConversationRead(
        long Request, AccountId Account, string Username, string WithKey, MessageId Through)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.MarkRead;
    }

    /// <summary>Let another see that the account's person is writing, or no more.</summary>
    internal sealed record RelayTyping(
        long Request, AccountId Account, string Username, string RecipientKey, bool IsTyping)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.Typing;
    }

    /// <summary>Tell who of these is online.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Account">Who asks.</param>
    /// <param name="NameKeys">Of whom.</param>
    /// <param name="AndWatch">Whether to tell the session of changes too, until it asks again.</param>
    internal sealed record FindPresent(
        long Request, AccountId Account, ImmutableArray<string> NameKeys, bool AndWatch)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.AskPresence;
    }

    /// <summary>The same, but only of those with whom the account has a conversation.</summary>
    internal sealed record FindPresentContacts(FindPresent Among) : AccountCommand(Among.Request, Among.Account)
    {
        public override Operation Operation => Among.Operation;

        public override int Work => 1 + (Among.NameKeys.Length / 4);
    }

    /// <summary>Watch these again, and tell the session by events who of them is online and who is not.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Account">Who watches.</param>
    /// <param name="NameKeys">Whom.</param>
    /// <param name="OnlyContacts">Whether only those with whom the account has a conversation.</param>
    internal sealed record WatchAgain(
        long Request, AccountId Account, ImmutableArray<string> NameKeys, bool OnlyContacts)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.AskPresence;

        public override int Work => 1 + (NameKeys.Length / 4);
    }

    /// <summary>Keep another from the account.</summary>
    internal sealed record BlockAccount(long Request, AccountId Account, string Username, string OtherKey)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.Block;
    }

    /// <summary>Let another reach the account again.</summary>
    internal sealed record UnblockAccount(long Request, AccountId Account, string Username, string OtherKey)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.Unblock;
    }

    // Accounts and sessions

    /// <summary>Add an account.</summary>
    internal sealed record CreateAccount(long Request, Username Name, string PasswordHash) : Command(Request);

    /// <summary>Find an account by its name key. Answered by <see cref="PersistenceReplies.AccountFound"/>.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="NameKey">The name, as names are compared.</param>
    /// <param name="From">Where the session that asks has its client; nowhere if that does not matter.</param>
    internal sealed record FindAccount(long Request, string NameKey, ClientAddress From = default) : Command(Request);

    /// <summary>Bind the sending session to an account whose password it has verified. Answered by
    /// <see cref="PersistenceReplies.SessionBegun"/>, by a refusal, or by
    /// <see cref="PersistenceReplies.AccountFound"/> if the password was changed since and must be verified
    /// again.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Account">The account.</param>
    /// <param name="BetterHash">A new password hash to store, or null.</param>
    internal sealed record BeginSession(long Request, Account Account, string? BetterHash) : Command(Request)
    {
        /// <summary>Whether to end the account's other session instead of being refused.</summary>
        public bool Takeover { get; init; }

        /// <summary>A new resume token to store, or null.</summary>
        public NewToken? Token { get; init; }

        /// <summary>Whose client it is.</summary>
        public ClientInfo Client { get; init; }

        /// <summary>What the session's connection asked for.</summary>
        public Features Features { get; init; }

        public override int Work => MostWork; // it counts what is undelivered
    }

    /// <summary>Find the login of a resume token. With it the tokens before it are dead; one that is dead ends its login.
    /// Answered by <see cref="PersistenceReplies.TokenUsed"/> or a refusal.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Token">The token.</param>
    /// <param name="Rotates">Whether to give another for the next time.</param>
    /// <param name="Client">Who shows it.</param>
    internal sealed record UseToken(long Request, TokenHash Token, bool Rotates, ClientInfo Client = default)
        : Command(Request);

    /// <summary>Bind the sending session to the account of a login whose token was used, and end the account's other
    /// session, if the client wants that and it is no side session that comes. Answered by
    /// <see cref="PersistenceReplies.SessionBegun"/> or a refusal.</summary>
    internal sealed record ResumeSession(long Request, UsedToken Used, Features Features, bool Takeover = true)
        : Command(Request)
    {
        public override int Work => MostWork;
    }

    /// <summary>Bind the sending session again to its account, which it had at a writer that was lost. Answered by
    /// <see cref="PersistenceReplies.SessionRebound"/> or <see cref="PersistenceReplies.RebindRefused"/>.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Login">What it was bound to, and by what right.</param>
    /// <param name="Features">What its connection asked for.</param>
    /// <param name="DeliveredThrough">All up to there was delivered, as far as messages are pushed to the session, and
    /// nothing above it is known to be. Null if that is not known.</param>
    internal sealed record RebindSession(
        long Request, SessionLogin Login, Features Features, MessageId? DeliveredThrough) : Command(Request);

    /// <summary>Unbind the sending session from its account.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Account">The account.</param>
    /// <param name="Revoked">The session's own login, to be revoked with it; null to revoke none.</param>
    internal sealed record EndSession(long Request, AccountId Account, LoginId? Revoked = null)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.LogOut;
    }

    /// <summary>List the account's logins that a resume token keeps.</summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Account">The account.</param>
    /// <param name="Own">The session's own login; null if it is not kept.</param>
    internal sealed record FindLogins(long Request, AccountId Account, LoginId? Own)
        : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.ListLogins;
    }

    /// <summary>End one of the account's logins, and the sessions that hang on it.</summary>
    internal sealed record EndLogin(long Request, AccountId Account, LoginId Login) : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.RevokeLogin;
    }

    /// <summary>Give an account another password, revoke its logins and end its sessions but the sending one. Who knows
    /// the old password may, also if another session has taken the account over meanwhile. Answered by
    /// <see cref="PersistenceReplies.AccountFound"/> if the password was changed since and must be verified again.
    /// </summary>
    /// <param name="Request">The request number.</param>
    /// <param name="Account">The account, with the hash of the password that was verified.</param>
    /// <param name="NewHash">The hash of the new one.</param>
    internal sealed record ReplacePassword(long Request, Account Account, string NewHash) : Command(Request);

    /// <summary>Delete the account and its messages, unbind the sending session and all others it has, and tell those who
    /// have a conversation with it.</summary>
    internal sealed record RemoveAccount(long Request, AccountId Account) : AccountCommand(Request, Account)
    {
        public override Operation Operation => Operation.DeleteAccount;

        public override int Work => MostWork;

        /// <summary>Who is to be told, as far as they were looked for.</summary>
        public ImmutableList<AccountId> ToTell { get; init; } = [];

        /// <summary>They are still to be looked for above this id.</summary>
        public AccountId After { get; init; }
    }

    /// <summary>The sending session has ended. Told of an <see cref="IRemoteSession"/>, because nobody watches one. Not
    /// answered.</summary>
    internal sealed record SessionGone
    {
        public static SessionGone Instance { get; } = new();
    }

    /// <summary>The sending session's connection asks for other features. Not answered.</summary>
    internal sealed record ChangeFeatures(AccountId Account, Features Features);

    /// <summary>Delete everything, and unbind every session.</summary>
    internal sealed record ResetStore(long Request) : Command(Request);

    /// <summary>Commit everything, pending watermarks too. Answered by <see cref="PersistenceReplies.Flushed"/>.
    /// </summary>
    internal sealed record Flush(long Request = 0) : Command(Request), IComesLast;
}

/// <summary>A message that was delivered, and whose.</summary>
internal readonly record struct DeliveredMessage(MessageId Id, AccountId Sender);

/// <summary>A resume token to store, and how long its login is to be good for.</summary>
internal sealed record NewToken(TokenHash Hash, TimeSpan Expiry);

/// <summary>Whose client it is.</summary>
/// <param name="Name">As it called itself; null if it did not.</param>
/// <param name="Address">Where it is.</param>
internal readonly record struct ClientInfo(string? Name, ClientAddress Address)
{
    /// <summary>For the store.</summary>
    public TokenUse UseAt(DateTimeOffset now) => new(now, Name, Address == default ? null : Address.ToString());
}
