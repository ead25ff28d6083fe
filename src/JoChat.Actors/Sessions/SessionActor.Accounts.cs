using System.Text;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

// Signing up, logging in and out.
internal sealed partial class SessionActor
{
    private void StartSignUp(SignUp signUp)
    {
        if (string.IsNullOrEmpty(signUp.Username) || string.IsNullOrEmpty(signUp.Password?.Value))
        {
            Reply(signUp, Refusals.InvalidSignUp);
        }
        else if (!Username.TryParse(signUp.Username, out _, out var fault))
        {
            Reply(signUp, Refusals.InvalidUsername(fault));
        }
        else if (Encoding.UTF8.GetByteCount(signUp.Password.Value.Value) > Limits.MaxPasswordBytes)
        {
            Reply(signUp, Refusals.InvalidPassword(Operation.SignUp));
        }
        else
        {
            Start(signUp, _passwords, new HashPassword(signUp.Password.Value));
        }
    }

    private void FinishSignUp(PasswordHashed hashed)
    {
        var signUp = (SignUp)_underWay.Peek();
        if (Username.TryParse(signUp.Username ?? string.Empty, out var name, out var fault))
        {
            _persistence.Tell(new CreateAccount(name, hashed.Hash));
        }
        else
        {
            Answer(Refusals.InvalidUsername(fault));
        }
    }

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
        Become(() => LoggingIn(logIn.Password.Value));
    }

    private void LoggingIn(Secret password)
    {
        Account? account = null;
        Receive<AccountLookedUp>(found =>
        {
            account = found.Account;
            _passwords.Tell(new VerifyPassword(account?.PasswordHash, password));
        });
        Receive<PasswordVerified>(verdict =>
        {
            if (verdict.IsRight && account is not null)
            {
                _persistence.Tell(new BeginSession(account, verdict.BetterHash));
            }
            else
            {
                StayGuest(Refusals.BadCredentials);
            }
        });
        Receive<SessionBegun>(Enter);
        Receive<Refused>(StayGuest);
        Receive<PasswordWorkRefused>(_ => StayGuest(Refusals.Busy(Operation.LogIn)));
        Receive<StoreFailed>(_ => StayGuest(Refusals.StorageUnavailable(Operation.LogIn)));
        ReceiveInTurn();
        ReceiveOthers(request => Refusals.NotLoggedIn(request.Operation));
    }

    private void StayGuest(Refused refusal)
    {
        Become(Guest);
        Answer(refusal);
    }

    private void Enter(SessionBegun begun)
    {
        _login = new Login(begun.Account.Id, begun.Account.Username, begun.LiveAfter);
        SetIdleTimeout(_options.IdleTimeout);
        Become(LoggedIn);
        Answer(new LoggedIn(begun.AwayCount));
        StartPush();
    }

    private void RefuseSecondLogIn(LogIn logIn) => Reply(logIn, logIn switch
    {
        { Username: null or "" } or { Password: null or { Value: "" } } => Refusals.InvalidLogIn,
        _ when IsMyName(logIn.Username) => Refusals.AlreadyLoggedIn,
        _ => Refusals.LoggedInAsAnother,
    });

    private bool IsMyName(string name) => name == _login!.Username
        || (Username.TryParse(name, out var parsed, out _) && parsed.Key == Username.Fold(_login.Username));

    /// <summary>Ends the session. The account is free before the client sees its connection closed, so that it can come
    /// back at once.</summary>
    private void Leave()
    {
        if (_login is null)
        {
            Context.Stop(Self);
            return;
        }
        _persistence.Tell(new EndSession(_login.Id));
        Become(Leaving);
    }

    private void Leaving()
    {
        Receive<OutputWritten>(Resume);
        Receive<Response>(_ => Context.Stop(Self));
        ReceiveAny(_ => { }); // a client that was idle too long may still ask; a message may still arrive
    }

    /// <summary>The account is no longer this session's.</summary>
    private void Forget()
    {
        _login = null;
        StopPush();
        SetIdleTimeout(_options.GuestIdleTimeout);
        Become(Guest);
    }
}
