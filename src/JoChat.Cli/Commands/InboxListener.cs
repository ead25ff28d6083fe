using System.Threading.Channels;
using JoChat.Cli.Display;
using JoChat.Cli.State;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Commands;

/// <summary>Prints the messages to an account one after the other, each once, over as many connections and runs as it
/// takes.</summary>
/// <remarks>Printed, then marked as delivered, then noted in the cursor: a crash in between repeats messages and loses
/// none.</remarks>
internal sealed class InboxListener(JoChatClient client, Verb verb, CliEnvironment environment, ListenCursor cursor)
{
    private const int PageSize = 200; // messages

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long? _printed; // the last id

    // Holds one word at most: however often the inbox grew, it is read once.
    private readonly Channel<bool> _news =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Runs until it fails.</summary>
    /// <param name="after">The id of the last message not wanted; null: where the last run ended, or else the first
    /// undelivered one.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CommandFailedException">Standard output failed.</exception>
    public async Task RunAsync(long? after, CancellationToken cancellation)
    {
        client.Notified += Note;
        client.StateChanged += NoteState;
        try
        {
            var newest = await AskAsync(async () => (await client.ReadInboxAsync(
                count: 1, cancellation: cancellation)).Select(message => message.Id).LastOrDefault(), cancellation);
            if (cursor.Read() > newest) { cursor.Forget(); } // it is of a database that is no more
            var position = after ?? cursor.Read();
            if (position is null)
            {
                await PrintAllAsync(after: 0, undeliveredOnly: true, through: newest, newest, cancellation);
                position = newest;
                cursor.Advance(newest);
            }
            while (true)
            {
                position = await PrintAllAsync(
                    position.Value, undeliveredOnly: false, long.MaxValue, newest, cancellation);
                await _news.Reader.ReadAsync(cancellation);
            }
        }
        finally
        {
            client.Notified -= Note;
            client.StateChanged -= NoteState;
        }
    }

    /// <returns>The id of the last message that was printed, or <paramref name="after"/>.</returns>
    private async Task<long> PrintAllAsync(
        long after, bool undeliveredOnly, long through, long newest, CancellationToken cancellation)
    {
        while (true)
        {
            var page = await AskAsync(async () => await client.ReadInboxAsync(
                after, before: null, undeliveredOnly, PageSize, cancellation), cancellation);
            var last = after;
            foreach (var message in page.Where(message => message.Id <= through))
            {
                var wasWaiting = message.Id <= newest && message.State == MessageState.Stored;
                verb.Data.WriteArrived(ListedMessage.Of(message) with { IsAway = wasWaiting });
                environment.Out.Flush();
                if (environment.OutputFailure is not null) { break; }
                _printed = last = message.Id;
            }
            if (last == after)
            {
                ThrowIfOutputFailed();
                return after;
            }
            after = last;
            await AskAsync(async () =>
            {
                await client.MarkDeliveredAsync(after, cancellation);
                return true;
            }, cancellation);
            cursor.Advance(after);
            ThrowIfOutputFailed();
        }
    }

    private void ThrowIfOutputFailed()
    {
        if (environment.OutputFailure is null) { return; }
        throw environment.OutputFailed(_printed is null
            ? "No message was printed, and none was marked as delivered."
            : FormattableString.Invariant(
                $"The last message printed is {_printed}; nothing after it was marked as delivered."));
    }

    // What is asked here may be asked again. The client connects again by itself.
    private async Task<T> AskAsync<T>(Func<Task<T>> askAsync, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await askAsync();
            }
            catch (JoChatException passing) when (passing is RequestTimeoutException
                || passing is RefusedException
                {
                    Code: ErrorCode.Busy or ErrorCode.RateLimited or ErrorCode.StorageUnavailable
                }
                || (passing is ConnectionLostException && client.State != ConnectionState.Closed))
            {
                await Task.Delay(Pause, environment.Time, cancellation);
            }
        }
    }

    private void Note(ServerEvent happened)
    {
        if (happened is InboxGrew) { _news.Writer.TryWrite(true); }
    }

    private void NoteState(ConnectionState state)
    {
        if (state == ConnectionState.Connected) { _news.Writer.TryWrite(true); }
        else if (state == ConnectionState.Closed) { _news.Writer.TryComplete(); }
    }
}
