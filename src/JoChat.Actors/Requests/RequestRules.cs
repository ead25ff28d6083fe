using System.Text;
using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>What a request comes to: a command for the PersistenceActor or the ReaderActor, or at once the
/// response. The rules that look at the request alone; those that look at the database are the actors'.</summary>
/// <remarks>A name that cannot exist is answered like one that does not.</remarks>
internal static partial class RequestRules
{
    /// <summary>Judges a request that a guest may make, or one that is refused to guests. Logging in and signing up are
    /// the session's.</summary>
    /// <param name="request">The request.</param>
    /// <param name="number">Its number.</param>
    /// <param name="options">What is allowed.</param>
    public static object JudgeGuests(Request request, long number, SessionOptions options) => request switch
    {
        Ping => new Pong(),
        ListAccounts list when options.AllowAnonymousListing => JudgeListing(list, number, null, options.Directory),
        ResetDatabase => JudgeReset(number, options),
        SendMessage send => IsIncomplete(send) ? Refusals.IncompleteMessage : Refusals.WrongSender,
        UnreadableRequest bad => RefuseUnreadable(bad),
        _ => Refusals.NotLoggedIn(request.Operation),
    };

    /// <summary>Judges a request of a client that is logged in.</summary>
    /// <param name="request">The request.</param>
    /// <param name="number">Its number.</param>
    /// <param name="login">Whose it is.</param>
    /// <param name="features">What its client asked for.</param>
    /// <param name="options">What is allowed.</param>
    public static object Judge(
        Request request, long number, SessionLogin login, Features features, SessionOptions options) =>
        request switch
        {
            SendMessage send => JudgeSend(send, number, login),
            LogIn logIn => RefuseSecondLogIn(logIn, login),
            // The token is not looked at: a connection that is logged in keeps its account.
            Resume => As(Operation.Resume, Refusals.AlreadyLoggedIn),
            LogOut => new EndSession(number, login.Id, login.Kept),
            CountUnread => new CountUndelivered(number, login.Id, login.LiveAfter),
            ListDelivered => new ListAndDeliver(
                number, login.Id, login.LiveAfter, DeliversLive: (features & (Features.Push | Features.Side)) == 0),
            FetchAway fetch => JudgeFetch(fetch, number, login),
            DeleteMessages delete => JudgeDelete(delete, number, login),
            ListAccounts list => JudgeListing(list, number, login, options.Directory),
            ListConversations list => JudgeConversations(list, number, login),
            ReadHistory read => JudgeHistory(read, number, login),
            ReadInbox read => JudgeInbox(read, number, login),
            MarkRead mark => JudgeMarkRead(mark, number, login),
            MarkDelivered mark => JudgeMarkDelivered(mark, number, login),
            Typing typing => JudgeTyping(typing, number, login),
            AskPresence ask => JudgePresence(ask, number, login, features, options.Directory),
            ListLogins => new FindLogins(number, login.Id, login.Kept),
            RevokeLogin { Login: { } kept } => new EndLogin(number, login.Id, new LoginId(kept)),
            RevokeLogin => Refusals.NoLoginToRevoke,
            Block block => JudgeBlock(block, number, login),
            Unblock unblock => JudgeUnblock(unblock, number, login),
            ListBlocked list => JudgeBlocked(list, number, login),
            DeleteFrom delete => JudgeDeleteFrom(delete, number, login),
            ResetDatabase => JudgeReset(number, options),
            Ping => new Pong(),
            UnreadableRequest bad => RefuseUnreadable(bad),
            _ => Refusals.Unsupported(request.Operation),
        };

    /// <summary>Judges a sign-up.</summary>
    /// <returns>The refusal, or null: then the name is set.</returns>
    public static Refused? JudgeSignUp(SignUp signUp, out Username? name)
    {
        name = null;
        if (string.IsNullOrEmpty(signUp.Username) || string.IsNullOrEmpty(signUp.Password?.Value))
        {
            return Refusals.InvalidSignUp;
        }
        if (!Username.TryParse(signUp.Username, out name, out var fault)) { return Refusals.InvalidUsername(fault); }
        if (NewUsername.FindFault(name) is { } unfit) { return Refusals.InvalidUsername(unfit); }
        return JudgeNewPassword(signUp.Password.Value, Operation.SignUp);
    }

    /// <summary>Judges a change of the password; null if it may be tried.</summary>
    public static Refused? JudgePasswordChange(ChangePassword change)
    {
        if (string.IsNullOrEmpty(change.OldPassword?.Value) || string.IsNullOrEmpty(change.NewPassword?.Value))
        {
            return Refusals.InvalidPasswordChange;
        }
        return IsTooLong(change.OldPassword.Value)
            ? Refusals.WrongOldPassword
            : JudgeNewPassword(change.NewPassword.Value, Operation.ChangePassword);
    }

    /// <summary>Judges a login of a guest; null if it may be tried.</summary>
    /// <remarks>A password that is longer than any can be takes no work: that says nothing of the account.</remarks>
    public static Refused? JudgeLogIn(LogIn logIn)
    {
        if (string.IsNullOrEmpty(logIn.Username) || string.IsNullOrEmpty(logIn.Password?.Value))
        {
            return Refusals.InvalidLogIn;
        }
        return IsTooLong(logIn.Password.Value) ? Refusals.BadCredentials : null;
    }

    /// <summary>Judges the deletion of an account; null if the password may be tried.</summary>
    /// <param name="delete">The request.</param>
    /// <param name="isProven">Whether the session has just logged in with the password.</param>
    public static Refused? JudgeDeletion(DeleteAccount delete, bool isProven)
    {
        if (string.IsNullOrEmpty(delete.Password?.Value)) { return isProven ? null : Refusals.PasswordRequired; }
        return IsTooLong(delete.Password.Value) ? Refusals.WrongPassword : null;
    }

    private static Refused RefuseSecondLogIn(LogIn logIn, SessionLogin login) =>
        JudgeLogIn(logIn) ?? (IsName(logIn.Username!, login) ? Refusals.AlreadyLoggedIn : Refusals.LoggedInAsAnother);

    private static object JudgeReset(long number, SessionOptions options) =>
        options.AllowResetDatabase ? new ResetStore(number) : Refusals.ResetNotAllowed;

    private static Refused RefuseUnreadable(UnreadableRequest bad) =>
        new(bad.Operation, bad.Code, bad.Text) { MessageType = bad.MessageType };

    private static Refused As(Operation operation, Refused refusal) => new(operation, refusal.Code, refusal.Text);

    private static Refused? JudgeNewPassword(Secret password, Operation operation)
    {
        if (IsDamaged(password.Value)) { return Refusals.DamagedPassword(operation); }
        return IsTooLong(password) ? Refusals.InvalidPassword(operation) : null;
    }

    private static bool IsTooLong(Secret password) =>
        Encoding.UTF8.GetByteCount(password.Value) > Limits.MaxPasswordBytes;

    // U+FFFD stands for what a decoder could not read, so that different passwords become the same. Accounts that have
    // it already go on to work.
    private static bool IsDamaged(string text) => text.Contains('\uFFFD', StringComparison.Ordinal);

    private static bool IsName(string name, SessionLogin login) => name == login.Username
        || (Username.TryParse(name, out var parsed, out _) && parsed.Key == Username.Fold(login.Username));
}
