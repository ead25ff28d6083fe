using System.Runtime.CompilerServices;
using JoChat.Protocol;

namespace JoChat.Actors;

/// <summary>What whoever runs the service may ask of its writer.</summary>
/// <remarks>Every call may throw <see cref="OperatorException"/>.</remarks>
public sealed class Administration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Func<OperatorCommand, TimeSpan, Task<Reply>> _ask;
    private readonly Func<Secret, string> _hash;

    /// <param name="ask">Has the writer carry out a command.</param>
    /// <param name="hash">Hashes a password.</param>
    internal Administration(Func<OperatorCommand, TimeSpan, Task<Reply>> ask, Func<Secret, string> hash) =>
        (_ask, _hash) = (ask, hash);

    /// <summary>Accounts in the order of their name keys.</summary>
    /// <param name="afterKey">Only keys behind this one; empty for all.</param>
    /// <param name="limit">Most accounts, 1 to 200.</param>
    public async Task<IReadOnlyList<OperatedAccount>> ListAsync(string afterKey, int limit) =>
        (await AskAsync<DetailsListed>(new ListDetails(afterKey, limit)).ConfigureAwait(false)).Accounts;

    /// <summary>The account of a name.</summary>
    public Task<OperatedAccount> FindAsync(string name) => AskForAsync(name, new FindDetails(Username.Fold(name)));

    /// <summary>Ends the account's sessions and logins, and lets nobody log in until that is undone.</summary>
    public Task<OperatedAccount> SetDisabledAsync(string name, bool isDisabled) =>
        AskForAsync(name, new SetDisabled(Username.Fold(name), isDisabled));

    /// <summary>Gives the account another password, and ends its sessions and logins.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="password">The password, as clients send it.</param>
    public Task<OperatedAccount> ResetPasswordAsync(string name, Secret password) => AskForAsync(
        name, new ResetPassword(Username.Fold(name), _hash(password)));

    /// <summary>Deletes the account with all its messages, for good.</summary>
    /// <returns>The account as it was.</returns>
    public Task<OperatedAccount> DeleteAsync(string name) => AskForAsync(name, new DeleteNamedAccount(Username.Fold(name)));

    /// <summary>Deletes all messages that were sent before a time, or only counts them, some at a time: whoever else asks for
    /// something is served between.</summary>
    /// <param name="before">The time.</param>
    /// <param name="deletes">Whether they are deleted.</param>
    /// <param name="cancellation">Stops it, when what was begun is done.</param>
    /// <returns>Again and again, how many there were so far.</returns>
    public async IAsyncEnumerable<long> PruneAsync(
        DateTimeOffset before, bool deletes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (count, last) = (0L, (await CountAsync().ConfigureAwait(false)).LastMessageId); // what comes later is not old
        var some = new MessagesPruned(0, default, IsLast: false);
        while (!some.IsLast && some.Through.Value < last)
        {
            cancellation.ThrowIfCancellationRequested();
            some = await AskAsync<MessagesPruned>(new PruneMessages(before, some.Through, deletes)).ConfigureAwait(false);
            yield return count += some.Count;
        }
    }

    /// <summary>What there is.</summary>
    public async Task<WriterStatistics> CountAsync() => (await AskAsync<Counted>(new CountAll()).ConfigureAwait(false)).Statistics;

    private async Task<OperatedAccount> AskForAsync(string name, OperatorCommand command) =>
        (await AskAsync<DetailsListed>(command).ConfigureAwait(false)).Accounts is [var account]
            ? account : throw new OperatorException($"there is no account {name}");

    private async Task<TReply> AskAsync<TReply>(OperatorCommand command) where TReply : Reply
    {
        try
        {
            return await _ask(command, Patience).ConfigureAwait(false) as TReply
                ?? throw new OperatorException("the store failed, or is not open; see the server's log");
        }
        catch (AskTimeoutException fault)
        {
            throw new OperatorException("the writer did not answer within ten seconds, and may still do it; in a cluster, ask the store that writes", fault);
        }
    }
}
