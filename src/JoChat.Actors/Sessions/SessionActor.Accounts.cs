using System.Text;
using JoChat.Protocol;

namespace JoChat.Actors;

// Making an account, and giving it another password.
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
        else if (IsTooLong(signUp.Password.Value))
        {
            Reply(signUp, Refusals.InvalidPassword(Operation.SignUp));
        }
        else
        {
            Start(signUp, _passwords, new HashPassword(signUp.Password.Value));
        }
    }

    private static bool IsTooLong(Secret password) =>
        Encoding.UTF8.GetByteCount(password.Value) > Limits.MaxPasswordBytes;

    private void StartPasswordChange(ChangePassword change)
    {
        if (string.IsNullOrEmpty(change.OldPassword?.Value) || string.IsNullOrEmpty(change.NewPassword?.Value))
        {
            Reply(change, Refusals.InvalidPasswordChange);
        }
        else if (IsTooLong(change.NewPassword.Value))
        {
            Reply(change, Refusals.InvalidPassword(Operation.ChangePassword));
        }
        else
        {
            Start(change, _persistence, new LookUpAccount(Username.Fold(_login!.Username)));
        }
    }

    private void VerifyOld(AccountLookedUp found)
    {
        if (_underWay.Oldest is not ChangePassword change) { return; }
        var isMine = found.Account?.Id == _login?.Id; // else it was deleted, and the name is another's or nobody's
        _passwords.Tell(new VerifyPassword(isMine ? found.Account?.PasswordHash : null, change.OldPassword!.Value));
    }

    private void HashNew(PasswordVerified verdict)
    {
        if (_underWay.Oldest is not ChangePassword change) { return; }
        if (verdict.IsRight) { _passwords.Tell(new HashPassword(change.NewPassword!.Value)); }
        else { Answer(Refusals.WrongOldPassword); }
    }

    private void StoreHash(PasswordHashed hashed)
    {
        switch (_underWay.Oldest)
        {
            case ChangePassword when _login is null: // gone meanwhile
                Answer(Refusals.NotLoggedIn(Operation.ChangePassword));
                break;
            case ChangePassword:
                _persistence.Tell(new ReplacePassword(_login.Id, hashed.Hash));
                break;
            case SignUp signUp when Username.TryParse(signUp.Username!, out var name, out _): // as judged before
                _persistence.Tell(new CreateAccount(name, hashed.Hash));
                break;
        }
    }
}
