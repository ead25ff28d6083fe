using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>A request that takes several steps, because a password is worked on: what comes next after each reply.
/// </summary>
/// <remarks>A step is a command for the PersistenceActor, work for the PasswordActor, or the response.</remarks>
internal abstract class CredentialFlow(long request)
{
    /// <summary>The request number.</summary>
    public long Request => request;

    /// <summary>The name of the account, once it is known that it exists; else null.</summary>
    public abstract string? Account { get; }

    /// <summary>What is logged of the account when it succeeds; null: nothing.</summary>
    public virtual string? News => null;

    /// <summary>The step after a reply.</summary>
    /// <returns>Null if the reply does not belong to the flow.</returns>
    public abstract object? Next(Reply reply);

    /// <summary>Ends a flow that binds the session to an account.</summary>
    public virtual (SessionLogin Login, Response Answer) Finish(SessionBegun begun) =>
        throw new InvalidOperationException($"{GetType().Name} binds no session.");
}

/// <summary>hash → add the account.</summary>
internal sealed class SignUpFlow(long request, Username name, SignUp signUp, WorkOrigin origin)
    : CredentialFlow(request)
{
    public override string Account => name.Text;

    public override string News => "signed up";

    /// <summary>The first step.</summary>
    public HashPassword Begin() => new(Request, signUp.Password!.Value, origin) { IsSignUp = true };

    public override object? Next(Reply reply) =>
        reply is PasswordHashed hashed ? new CreateAccount(Request, name, hashed.Hash) : null;
}

/// <summary>find the account → verify the password → bind the session; again if the password was changed
/// meanwhile.</summary>
internal sealed class LogInFlow(
    long request, LogIn logIn, WorkOrigin origin, Features features, TimeSpan tokenExpiry, ClientInfo client)
    : CredentialFlow(request)
{
    private readonly (Secret Token, TokenHash Hash)? _new = logIn.WantsToken ? TokenHash.New() : null;
    private Account? _account;

    public override string? Account => _account?.Username;

    public override string News => "logged in with its password";

    public override object? Next(Reply reply) => reply switch
    {
        AccountFound found => Verify(found),
        PasswordVerified { IsRight: true } when _account is { } disabled && DisabledHash.IsDisabled(disabled.PasswordHash) =>
            Refusals.AccountDisabled,
        PasswordVerified { IsRight: true } verified when _account is not null => Bind(_account, verified.BetterHash),
        PasswordVerified => Refusals.BadCredentials,
        _ => null,
    };

    public override (SessionLogin Login, Response Answer) Finish(SessionBegun begun) =>
        (SessionLogin.Of(begun), new LoggedIn(begun.UndeliveredCount, _new?.Token));

    private VerifyPassword Verify(AccountFound found)
    {
        _account = found.Account;
        return new VerifyPassword(Request, _account?.PasswordHash, logIn.Password!.Value, origin)
        {
            IsUsual = found.IsUsual,
        };
    }

    private BeginSession Bind(Account account, string? betterHash) => new(Request, account, betterHash)
    {
        Takeover = logIn.Takeover,
        Token = _new is { Hash: var hash } ? new NewToken(hash, tokenExpiry) : null,
        Features = features,
        Client = client,
    };
}

/// <summary>use the token → bind the session of its account.</summary>
internal sealed class ResumeFlow(long request, TokenHash token, Resume resume, Features features, ClientInfo client)
    : CredentialFlow(request)
{
    private Secret? _next;
    private string? _account;

    public override string? Account => _account;

    public override string News => "logged in with a token";

    /// <summary>The first step.</summary>
    public UseToken Begin() => new(
        Request, token, Rotates: features.HasFlag(Features.Rotate) && !resume.IsByCookie, client);

    public override object? Next(Reply reply)
    {
        if (reply is not TokenUsed used) { return null; }
        (_next, _account) = (used.Next, used.Used.Account.Username);
        return new ResumeSession(Request, used.Used, features, resume.Takeover);
    }

    public override (SessionLogin Login, Response Answer) Finish(SessionBegun begun) =>
        (SessionLogin.Of(begun), new Resumed(begun.Account.Username, begun.UndeliveredCount, _next));
}

/// <summary>use the token, for another alone.</summary>
internal sealed class RenewFlow(long request, TokenHash token, ClientInfo client) : CredentialFlow(request)
{
    public override string? Account => null;

    /// <summary>The first step.</summary>
    public UseToken Begin() => new(Request, token, Rotates: true, client);

    public override object? Next(Reply reply) =>
        reply is TokenUsed { Next: { } next } ? new TokenRenewed(next) : null;
}

/// <summary>find the account → verify the old password → hash the new one → store it.</summary>
internal sealed class PasswordChangeFlow(
    long request, ChangePassword change, AccountId account, WorkOrigin origin)
    : CredentialFlow(request)
{
    private Account? _found;

    public override string? Account => _found?.Username;

    public override string News => "changed its password";

    /// <summary>The hash of the new password, once it is made.</summary>
    public string? NewHash { get; private set; }

    public override object? Next(Reply reply) => reply switch
    {
        AccountFound { Account: { } found } when found.Id == account => Verify(found),
        AccountFound => Verify(null), // the account was deleted meanwhile: the same work, and a refusal
        PasswordVerified { IsRight: true } => new HashPassword(Request, change.NewPassword!.Value, origin),
        PasswordVerified => Refusals.WrongOldPassword,
        PasswordHashed hashed => new ReplacePassword(Request, _found!, NewHash = hashed.Hash),
        _ => null,
    };

    private VerifyPassword Verify(Account? found)
    {
        _found = found;
        return new VerifyPassword(Request, found?.PasswordHash, change.OldPassword!.Value, origin);
    }
}

/// <summary>find the account → verify the password → delete it.</summary>
internal sealed class DeletionFlow(long request, Secret password, AccountId account, WorkOrigin origin)
    : CredentialFlow(request)
{
    private Account? _found;

    public override string? Account => _found?.Username;

    public override object? Next(Reply reply) => reply switch
    {
        AccountFound found => Verify(found.Account?.Id == account ? found.Account : null),
        PasswordVerified { IsRight: true } => new RemoveAccount(Request, account),
        PasswordVerified => Refusals.WrongPassword,
        _ => null,
    };

    private VerifyPassword Verify(Account? found)
    {
        _found = found;
        return new VerifyPassword(Request, found?.PasswordHash, password, origin);
    }
}
