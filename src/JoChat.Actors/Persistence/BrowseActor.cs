using JoChat.Protocol;
using JoChat.Storage;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace JoChat.Actors;

/// <summary>Reads what people look through, beside the PersistenceActor: accounts, conversations and what was said in
/// them. Store calls block: the actor has a thread of its own.</summary>
/// <remarks>
/// <para>Each answer is one snapshot, begun after the command came. So it shows all whose answer or event the asking
/// client has seen before, because those leave when they are durable.</para>
/// <para>Whether the session still has its account is not asked here; the session knows
/// (<c>SessionActor.IsTooLate</c>).</para>
/// </remarks>
internal sealed partial class BrowseActor : ReceiveActor
{
    private readonly IChatReader _reader;
    private readonly ILogger _logger;

    /// <summary>Makes the actor, which disposes of the reader when it stops.</summary>
    public BrowseActor(IChatReader reader, ILogger logger)
    {
        (_reader, _logger) = (reader, logger);
        Reading<FindAccounts>(ListAccounts);
        Reading<FindConversations>(ListConversations);
        Reading<FindHistory>(ReadHistory);
    }

    protected override void PostStop() => _reader.Dispose();

    private void Reading<TCommand>(Func<TCommand, Response> read)
        where TCommand : notnull => Receive<TCommand>(command =>
    {
        try
        {
            Sender.Tell(read(command));
        }
        catch (StorageException fault)
        {
            Log.ReadFailed(_logger, typeof(TCommand).Name, fault.Message);
            Sender.Tell(new StoreFailed(command));
        }
    });

    private AccountsListed ListAccounts(FindAccounts find) =>
        new([.. _reader.ListAccounts(find.KeyPattern, find.Start, find.Count)
            .Select(account => new ListedAccount(account.Id.Value, account.Username))]);

    private ConversationList ListConversations(FindConversations find)
    {
        var conversations = _reader.ListConversations(find.Account, find.Before, find.Count, Limits.MaxListedBytes);
        return new ConversationList([.. conversations.Select(conversation =>
        {
            var with = conversation.With.Username;
            var last = AsHistory(conversation.LastMessage, find.Account, find.Username, with);
            return new Conversation(with, conversation.UnreadCount, last);
        })]);
    }

    private History ReadHistory(FindHistory find)
    {
        if (_reader.FindAccount(find.WithKey) is not { } with) { return new History([]); }
        var messages = _reader.ReadHistory(find.Account, with.Id, find.Before, find.Count, Limits.MaxListedBytes);
        return new History(
            [.. messages.Select(message => AsHistory(message, find.Account, find.Username, with.Username))]);
    }

    private static HistoryMessage AsHistory(
        PairMessage message, AccountId reader, string readersName, string othersName)
    {
        var (sender, recipient) = message.Sender == reader ? (readersName, othersName) : (othersName, readersName);
        return new HistoryMessage(
            message.Id.Value, sender, recipient, message.Content, message.SentAt, AsState(message.State));
    }

    private static MessageState AsState(DeliveryState state) => state switch
    {
        DeliveryState.Read => MessageState.Read,
        DeliveryState.Delivered => MessageState.Delivered,
        _ => MessageState.Stored,
    };

    private static partial class Log
    {
        [LoggerMessage(3004, LogLevel.Error, "{Command} could not read the message store: {Fault}")]
        public static partial void ReadFailed(ILogger logger, string command, string fault);
    }
}
