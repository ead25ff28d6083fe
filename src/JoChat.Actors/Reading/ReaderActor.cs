using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Actors;

/// <summary>Reads beside the PersistenceActor what people look through: accounts, conversations and what was said in
/// them. Store calls block: akka.conf gives the actor a thread.</summary>
/// <remarks>
/// <para>What is read was committed when the command came, or later. So an answer shows all whose answer or event the
/// asking client has seen before, because those leave when they are durable.</para>
/// <para>Sessions take turns (<see cref="FairMailbox"/>), and a long list is read in parts, with others between them.
/// </para>
/// <para>A session may lose its account meanwhile. So what is read for an account is answered by
/// <see cref="PersistenceReplies.AnsweredFor"/>, and the session refuses it then.</para>
/// </remarks>
internal sealed partial class ReaderActor : ReceiveActor
{
    private readonly IChatReader _reader;
    private readonly ILogger _logger;

    /// <summary>Makes the actor, which disposes of the reader when it stops.</summary>
    public ReaderActor(IChatReader reader, ILogger logger)
    {
        (_reader, _logger) = (reader, logger);
        HandleRead<FindAccounts>(ListAccounts);
        HandleRead<FindContacts>(ListContacts);
        HandleRead<FindConversations>(ListConversations);
        HandleRead<FindHistory>(ReadHistory);
        HandleRead<FindInbox>(ReadInbox);
        HandleRead<FindBlocked>(ListBlocked);
    }

    public static Props Props(IChatReader reader, ILogger logger) =>
        Akka.Actor.Props.Create(() => new ReaderActor(reader, logger));

    protected override void PostStop() => _reader.Dispose();

    // What comes of it is the response, or the command for the next part.
    private void HandleRead<TCommand>(Func<TCommand, object> read) where TCommand : Command =>
        Receive<TCommand>(command =>
        {
            try
            {
                switch (read(command))
                {
                    case Command next: Self.Tell(next, Sender); break;
                    case var response: Sender.Tell(AnswerTo(command, (Response)response)); break;
                }
            }
            catch (StorageException fault)
            {
                Log.ReadFailed(_logger, typeof(TCommand).Name, fault.Message);
                Sender.Tell(new StoreFailed(command.Request));
            }
        });

    private static Reply AnswerTo(Command command, Response response) => command is AccountCommand ofAccount
        ? new AnsweredFor(command.Request, ofAccount.Account, response)
        : new Answered(command.Request, response);

    private AccountsListed ListContacts(FindContacts find) => new(
    [
        .. _reader.ListContacts(find.Account, find.KeyPattern, find.NameKey, find.Start, find.Count)
            .Select(account => new ListedAccount(account.Id.Value, account.Username)),
    ]);

    private BlockedListed ListBlocked(FindBlocked find) =>
        new([.. _reader.ListBlocked(find.Account, find.After, find.Count)
            .Select(account => new ListedAccount(account.Id.Value, account.Username))]);

    private object ListAccounts(FindAccounts find)
    {
        var (accounts, rest) = _reader.ListAccounts(find.Listing);
        var found = find.Found.AddRange(accounts.Select(account => new ListedAccount(account.Id.Value, account.Username)));
        return rest is null ? new AccountsListed([.. found]) : find with { Listing = rest, Found = found };
    }

    private object ListConversations(FindConversations find)
    {
        var (conversations, rest) = _reader.ListConversations(find.Listing
            ?? new ConversationListing(find.Account, find.Before, find.Count, new ByteBudget(Limits.MaxListedBytes)));
        var found = find.Found.AddRange(conversations.Select(conversation => new Conversation(
            conversation.With.Username,
            conversation.UnreadCount,
            AsHistory(conversation.LastMessage, find, conversation.With.Username))));
        return rest is null ? new ConversationList([.. found]) : find with { Listing = rest, Found = found };
    }

    private History ReadHistory(FindHistory find)
    {
        if (_reader.FindAccount(find.WithKey) is not { } with) { return new History([]); }
        var messages = _reader.ReadHistory(find.Account, with.Id, find.Before, find.Count, Limits.MaxListedBytes);
        return new History([.. messages.Select(message => AsHistory(message, find, with.Username))]);
    }

    private InboxRead ReadInbox(FindInbox find)
    {
        var after = find.Page.UndeliveredOnly
            ? Math.Max(find.Page.After.Value, find.Watermark.Value)
            : find.Page.After.Value;
        var page = find.Page with { After = new MessageId(after) };
        return new InboxRead([.. _reader.ReadInbox(find.Account, page, Limits.MaxListedBytes)
            .Select(received => AsHistory(received.Message, find, received.Sender))]);
    }

    private static HistoryMessage AsHistory(PairMessage message, PairCommand find, string othersName)
    {
        var isOwn = message.Sender == find.Account;
        var (sender, recipient) = isOwn ? (find.Username, othersName) : (othersName, find.Username);
        var watermark = isOwn && sender != recipient ? default : find.Watermark; // of what it was sent
        return new HistoryMessage(
            message.Id.Value, sender, recipient, message.Content, message.SentAt, StateOf(message, watermark));
    }

    private static MessageState StateOf(PairMessage message, MessageId watermark) => message.State switch
    {
        DeliveryState.Read => MessageState.Read,
        DeliveryState.Delivered => MessageState.Delivered,
        _ => message.Id.Value <= watermark.Value ? MessageState.Delivered : MessageState.Stored,
    };

    private static partial class Log
    {
        [LoggerMessage(3004, LogLevel.Error, "{Command} could not read the message store: {Fault}")]
        public static partial void ReadFailed(ILogger logger, string command, string fault);
    }
}
