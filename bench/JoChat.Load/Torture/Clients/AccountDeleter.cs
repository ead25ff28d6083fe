using System.Collections.Concurrent;
using System.Collections.Immutable;
using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>An account that signs up, writes to others of its kind, is deleted, and signs up again under the same name.
/// After an <c>ok</c> it is gone with its messages; after a lost answer it is gone or not.</summary>
/// <param name="client">How it connects.</param>
/// <param name="group">What those that write to each other share.</param>
internal sealed class AccountDeleter(SequentialClient client, DeletedAccounts group)
{
    private const int LongestPause = 100, MostSends = 5, MostListed = 50;
    private readonly Secret _password = new($"password of {client.Name}");
    private AccountState _state = AccountState.Absent;
    private Secret? _token;
    private long _deletedThrough; // what has a smaller id or this one went with an earlier account of this name
    private int _sends;

    /// <summary>Runs until the torture is over; then the account is what it was said to be.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!client.Torture.IsOver)
        {
            if (await SignUpAsync(cancellation) && await LogInAsync(cancellation)
                && await WriteAsync(cancellation) && await ReadAsync(cancellation))
            {
                await DeleteAsync(cancellation);
            }
            client.Disconnect();
            await Task.Delay(client.Random.Next(LongestPause), cancellation);
        }
        while (!await SignUpAsync(cancellation) || !await LogInAsync(cancellation)) { }
        await ReadAsync(cancellation);
        client.Disconnect();
    }

    private async Task<bool> SignUpAsync(CancellationToken cancellation)
    {
        if (_state is AccountState.Present or AccountState.Deleting) { return true; }
        // Never cut: one that the server does late would bring back an account that was deleted meanwhile.
        var answer = await client.AskAsync(new SignUp(client.Name, _password), cancellation);
        switch (answer)
        {
            case SignedUp:
            case Refused { Code: ErrorCode.UsernameTaken } when _state == AccountState.SigningUp:
                _state = AccountState.Present;
                return true;
            case null:
            case var _ when client.IsStorageRefusal(answer):
                _state = AccountState.SigningUp;
                return false;
            default:
                client.NoteFault($"a sign-up was answered: {answer}");
                _state = AccountState.SigningUp; // whatever it is now
                return false;
        }
    }

    // Takes the account over: behind that, a deletion whose answer was lost is done or never will be.
    private async Task<bool> LogInAsync(CancellationToken cancellation)
    {
        var answer = await client.AskAsync(
            new LogIn(client.Name, _password, Takeover: true, WantsToken: true), cancellation);
        switch (answer)
        {
            case LoggedIn entered:
                (_state, _token) = (AccountState.Present, entered.ResumeToken);
                return true;
            case Refused { Code: ErrorCode.BadCredentials } when _state == AccountState.Deleting:
                NoteDeleted();
                return false;
            case null:
            case var _ when client.IsStorageRefusal(answer):
                return false;
            default:
                client.NoteFault($"cannot log in to an account that is {_state}: {answer}");
                _state = AccountState.Deleting; // whatever it is now
                return false;
        }
    }

    private async Task<bool> WriteAsync(CancellationToken cancellation)
    {
        for (var left = client.Random.Next(MostSends); left > 0; left--)
        {
            var text = FormattableString.Invariant($"{client.Name}, {++_sends}");
            group.NoteSent(text);
            var answer = await client.AskAsync(
                new SendMessage(client.Name, Peer(), text, ClientId: text), cancellation);
            switch (answer)
            {
                case null: return false;
                case MessageStored { As.Id: var id }: group.NoteStored(id); break;
                case Refused { Code: ErrorCode.NoSuchRecipient }: break; // deleted just now, or not signed up yet
                case var _ when client.IsStorageRefusal(answer): break;
                default: client.NoteFault($"a send was answered: {answer}"); break;
            }
        }
        return true;
    }

    private async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        var with = Peer();
        switch (await client.AskAsync(new ReadHistory(with, Before: null, MostListed), cancellation))
        {
            case null: return false;
            case History page: Judge(with, page.Messages); break;
            case var answer when client.IsStorageRefusal(answer, isRead: true): break;
            case var answer: client.NoteFault($"history was answered: {answer}"); break;
        }
        return true;
    }

    private void Judge(string with, ImmutableArray<HistoryMessage> page)
    {
        foreach (var message in page.Where(message => message.Id <= _deletedThrough || !group.WasSent(message.Content)))
        {
            client.NoteFault($"the history with {with} has what was deleted through {_deletedThrough}: {message}");
        }
    }

    private async Task DeleteAsync(CancellationToken cancellation)
    {
        var answer = await client.AskOrCutAsync(new DeleteAccount(), cancellation);
        switch (answer)
        {
            case AccountDeleted:
                NoteDeleted();
                await CheckThatItIsGoneAsync(cancellation);
                break;
            case null:
                _state = AccountState.Deleting;
                break;
            case var _ when client.IsStorageRefusal(answer):
                _state = AccountState.Deleting; // killed on a full disk, the server may find that it was done
                await CheckThatItIsThereAsync(cancellation);
                break;
            default:
                client.NoteFault($"a deletion was answered: {answer}");
                break;
        }
    }

    // Ids ascend in the order of storing: whatever a new account of this name is sent gets a higher one.
    private void NoteDeleted() => (_state, _deletedThrough) = (AccountState.Absent, group.HighestId);

    private async Task CheckThatItIsGoneAsync(CancellationToken cancellation)
    {
        Request[] invalid = [new LogIn(client.Name, _password, Takeover: true), new Resume(_token)];
        foreach (var request in invalid)
        {
            var answer = await client.AskAsync(request, cancellation);
            if (answer is null or Refused { Code: ErrorCode.BadCredentials or ErrorCode.InvalidToken }
                || client.IsStorageRefusal(answer)) { continue; }
            client.NoteFault($"after its deletion {request} was answered: {answer}");
        }
    }

    private async Task CheckThatItIsThereAsync(CancellationToken cancellation)
    {
        var answer = await client.AskAsync(new CountUnread(), cancellation);
        if (answer is null or UnreadCounted || client.IsStorageRefusal(answer, isRead: true)) { return; }
        client.NoteFault($"after a refused deletion count_unread was answered: {answer}");
    }

    private string Peer() => group.Names[client.Random.Next(group.Names.Count)];

    private enum AccountState
    {
        Absent,

        /// <summary>A sign-up was not answered, or refused for the disk: it is absent or present.</summary>
        SigningUp,

        Present,

        /// <summary>A deletion was not answered, or refused for the disk: it is absent or present.</summary>
        Deleting,
    }
}

/// <summary>What the accounts that are deleted know of each other. Safe for several threads.</summary>
internal sealed class DeletedAccounts(IReadOnlyList<string> names)
{
    private readonly ConcurrentDictionary<string, byte> _sent = [];
    private long _highestId;

    public IReadOnlyList<string> Names => names;

    /// <summary>The highest id that was acknowledged to any of them.</summary>
    public long HighestId => Volatile.Read(ref _highestId);

    public void NoteSent(string text) => _sent.TryAdd(text, 0);

    public bool WasSent(string text) => _sent.ContainsKey(text);

    public void NoteStored(long id)
    {
        var highest = HighestId;
        while (id > highest && Interlocked.CompareExchange(ref _highestId, id, highest) is var seen && seen != highest)
        {
            highest = seen;
        }
    }
}
