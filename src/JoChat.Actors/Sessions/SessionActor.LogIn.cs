using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// From guest to logged in, by password or by token, and back.
internal sealed partial class SessionActor
{
    private void StartLogIn(LogIn logIn)
    {
        if (string.IsNullOrEmpty(logIn.Username) || string.IsNullOrEmpty(logIn.Password?.Value))
        {
            Reply(logIn, Refusals.InvalidLogIn);
            return;
        }
        // A name that cannot exist does the same work as one that merely does not.
        var key = Username.TryParse(logIn.Username, out var name, out _) ? name.Key : string.Empty;
        Start(logIn, _persistence, new LookUpAccount(key));
        Become(() => LoggingIn(logIn));
    }

    private void LoggingIn(LogIn logIn)
    {
        Account? account = null;
        (Secret Token, TokenHash Hash)? made = logIn.WantsToken ? TokenHash.New() : null;
        Receive<AccountLookedUp>(found =>
        {
            account = found.Account;
            _passwords.Tell(new VerifyPassword(account?.PasswordHash, logIn.Password!.Value));
        });
        Receive<PasswordVerified>(verdict =>
        {
            if (verdict.IsRight && account is not null)
            {
                _persistence.Tell(new BeginSession(account, verdict.BetterHash)
                {
                    Takeover = logIn.Takeover,
                    Token = made is { Hash: var hash } ? new NewToken(hash, _options.ResumeExpiry) : null,
                    Features = _features,
                });
            }
            else
            {
                StayGuest(Refusals.BadCredentials);
            }
        });
        Entering(begun => Enter(begun, made?.Hash, new LoggedIn(begun.AwayCount, made?.Token)));
    }

    private void StartResume(Resume resume)
    {
        if (!TokenHash.TryOf(resume.Token, out var token))
        {
            Reply(resume, Refusals.InvalidToken);
            return;
        }
        Start(resume, _persistence, new ResumeSession(token, _features));
        Become(() => Entering(
            begun => Enter(begun, token, new Resumed(begun.Account.Username, begun.AwayCount))));
    }

    /// <summary>What waits for the PersistenceActor's word.</summary>
    private void Entering(Action<SessionBegun> enter)
    {
        ReceiveInTurn();
        Receive(enter);
        Receive<Refused>(StayGuest);
        Receive<PasswordWorkRefused>(_ => StayGuest(Refusals.Busy(_underWay.Oldest.Operation)));
        Receive<StoreFailed>(_ => StayGuest(Refusals.StorageUnavailable(_underWay.Oldest.Operation)));
        ReceiveAnswers();
    }

    private void StayGuest(Refused refusal)
    {
        Become(Guest);
        Answer(refusal);
    }

    private void Enter(SessionBegun begun, TokenHash? token, Response answer)
    {
        _login = new Login(begun.Account.Id, begun.Account.Username, begun.LiveAfter, token);
        SetIdleTimeout(_options.IdleTimeout);
        Become(LoggedIn);
        Answer(answer);
        StartPush();
    }

    private void RefuseSecondLogIn(LogIn logIn) => Reply(logIn, logIn switch
    {
        { Username: null or "" } or { Password: null or { Value: "" } } => Refusals.InvalidLogIn,
        _ when IsMyName(logIn.Username) => Refusals.AlreadyLoggedIn,
        _ => Refusals.LoggedInAsAnother,
    });

    // Whose token it is, is not asked: this connection has an account, and keeps it.
    private void RefuseSecondResume(Resume resume) => Reply(resume, new Refused(
        Operation.Resume, Refusals.AlreadyLoggedIn.Code, Refusals.AlreadyLoggedIn.Text));

    private bool IsMyName(string name) => name == _login!.Username
        || (Username.TryParse(name, out var parsed, out _) && parsed.Key == Username.Fold(_login.Username));

    /// <summary>The account is no longer this session's.</summary>
    private void Forget()
    {
        _login = null;
        StopPush();
        SetIdleTimeout(_options.GuestIdleTimeout);
        Become(Guest);
    }

    /// <summary>The account of this session, and the newest message there was when it logged in: the account's messages
    /// above that are live, the others were sent while it was away. The token is the one it logged in with or got.
    /// </summary>
    private sealed record Login(AccountId Id, string Username, MessageId LiveAfter, TokenHash? Token);
}
