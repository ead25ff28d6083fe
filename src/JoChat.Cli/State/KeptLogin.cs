using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.State;

/// <summary>A kept login, of which every process takes the token from its file and puts the next one there before
/// another may: a token that was replaced would end the login for all of them.</summary>
/// <param name="logins">Where it is.</param>
/// <param name="server">On which server.</param>
/// <param name="username">Whose.</param>
internal sealed class KeptLogin(SavedLogins logins, ServerAddress server, string username) : IKeptToken
{
    public string Username => username;

    /// <inheritdoc/>
    public async Task<bool> RenewAsync(Func<Secret, Task<Secret>> renew, CancellationToken cancellation)
    {
        using var alone = await logins.LockAsync(server, username, cancellation);
        if (logins.Find(server, username) is not { } login) { return false; }
        Secret next;
        try
        {
            next = await renew(login.Token);
        }
        catch (RefusedException refusal) when (refusal.Code == ErrorCode.InvalidToken)
        {
            if (IsStill(login)) { logins.Delete(server, username); }
            throw;
        }
        if (next != login.Token && IsStill(login)) { TryReplace(login with { Token = next }); }
        return true;
    }

    // An older jochat does not know the lock, and may have logged in again.
    private bool IsStill(SavedLogin login) => logins.Find(server, username)?.Token == login.Token;

    private void TryReplace(SavedLogin login)
    {
        try
        {
            logins.Replace(server, login);
        }
        catch (IOException)
        {
            // The token that is there stays good until the next one is used, and nobody has that.
        }
    }
}
