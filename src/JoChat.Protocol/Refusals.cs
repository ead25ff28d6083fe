using static System.FormattableString;

namespace JoChat.Protocol;

/// <summary>Every refusal that is a rule of chat, with the exact words of docs/protocol.md. The catalogue is one for
/// both sides: where the binary encoding carries the text alone, a client finds the code by it.</summary>
public static class Refusals
{
    private const string LongFrameBeginning = "Frame is too long; ";
    private const string UnknownOpBeginning = "Unknown op ";
    private const string TooManyBeginning = "Too many ";
    private const string ShelteredBeginning = "That session is too new to be ended from an older one; ";

    // Before the others, which note their texts in it.
    private static readonly Dictionary<string, ErrorCode> Codes = new(StringComparer.Ordinal);

    // Texts that go on with what only the case at hand knows.
    private static readonly (string Beginning, ErrorCode Code)[] Beginnings =
    [
        ("Username must ", ErrorCode.InvalidUsername),
        (LongFrameBeginning, ErrorCode.FrameTooLong),
        (UnknownOpBeginning, ErrorCode.UnknownOperation),
        ("This server speaks only ", ErrorCode.Unsupported),
        (TooManyBeginning, ErrorCode.RateLimited),
        (ShelteredBeginning, ErrorCode.RateLimited),
    ];

    private static readonly string NotLoggedInText = Note(ErrorCode.NotLoggedIn, "You are not currently logged in.");

    private static readonly string DeletesWithoutLoginText = Note(ErrorCode.NotLoggedIn, "You are not logged in.");

    private static readonly string LongPasswordText = Note(ErrorCode.InvalidPassword,
        Invariant($"Password must be at most {Limits.MaxPasswordBytes:N0} bytes of UTF-8."));

    private static readonly string DamagedPasswordText = Note(ErrorCode.InvalidPassword,
        "Password must not contain the character U+FFFD.");

    private static readonly string InvalidPageText = Note(ErrorCode.InvalidData, "Invalid pagination parameters.");

    private static readonly string NoUsernameText = Note(ErrorCode.InvalidData, "No username provided.");

    private static readonly string BusyText = Note(ErrorCode.Busy, "Server is busy, try again later.");

    private static readonly string StorageText = Note(ErrorCode.StorageUnavailable,
        "Message store is unavailable, nothing was done; try again later.");

    private static readonly string StorageFullText = Note(ErrorCode.StorageFull,
        "The server has no space left for more, nothing was done; try again later.");

    private static readonly string UnsupportedText = Note(ErrorCode.Unsupported, "Not supported by this server.");

    /// <summary>A name or password is missing or empty.</summary>
    public static Refused InvalidSignUp { get; } = New(Operation.SignUp, ErrorCode.InvalidData, "Invalid data");

    /// <summary>An account of that name exists.</summary>
    public static Refused UsernameTaken { get; } = New(Operation.SignUp, ErrorCode.UsernameTaken, "Username taken");

    /// <summary>An account of another name exists that could be taken for it.</summary>
    public static Refused LookAlike { get; } =
        InvalidUsername("Username must not look like that of another account.");

    /// <summary>A name or password is missing or empty.</summary>
    public static Refused InvalidLogIn { get; } = New(Operation.LogIn, ErrorCode.InvalidData, "Invalid login data.");

    /// <summary>The account has a session, on this connection or on another.</summary>
    public static Refused AlreadyLoggedIn { get; } =
        New(Operation.LogIn, ErrorCode.AlreadyLoggedIn, "This user is already logged in.");

    /// <summary>The account has a session on another connection.</summary>
    public static Refused LoggedInElsewhere(Operation operation, DateTimeOffset since) =>
        new(operation, AlreadyLoggedIn.Code, AlreadyLoggedIn.Text) { Since = since };

    /// <summary>The connection is somebody else's.</summary>
    public static Refused LoggedInAsAnother { get; } =
        New(Operation.LogIn, ErrorCode.LoggedInAsAnother, "Client is already logged in with another user.");

    /// <summary>One text for both faults, and the same work before it: nobody learns which names exist.</summary>
    public static Refused BadCredentials { get; } =
        New(Operation.LogIn, ErrorCode.BadCredentials, "Username not found or wrong password.");

    /// <summary>Unknown, expired or revoked: which of them is never told.</summary>
    public static Refused InvalidToken { get; } =
        New(Operation.Resume, ErrorCode.InvalidToken, "Resume token is unknown or expired.");

    /// <summary>One of the passwords is missing or empty.</summary>
    public static Refused InvalidPasswordChange { get; } =
        New(Operation.ChangePassword, ErrorCode.InvalidData, "Old and new password required.");

    /// <summary>The old password is not the account's.</summary>
    public static Refused WrongOldPassword { get; } =
        New(Operation.ChangePassword, ErrorCode.BadCredentials, "Old password is wrong.");

    /// <summary>The password is not the account's.</summary>
    public static Refused WrongPassword { get; } =
        New(Operation.DeleteAccount, ErrorCode.BadCredentials, "Password is wrong.");

    /// <summary>There is no password, and the connection has not just logged in with one.</summary>
    public static Refused PasswordRequired { get; } = New(Operation.DeleteAccount, ErrorCode.PasswordRequired,
        "Deleting an account takes its password: log in with it again, and delete it within 5 minutes.");

    /// <summary>Sender, recipient or content is missing or empty.</summary>
    public static Refused IncompleteMessage { get; } =
        New(Operation.SendMessage, ErrorCode.InvalidData, "Sender, recipient, and content required.");

    /// <summary>The sender is not the account of this connection, or it has none.</summary>
    public static Refused WrongSender { get; } =
        New(Operation.SendMessage, ErrorCode.WrongSender, "You are not logged in as this sender.");

    /// <summary>The content is too long.</summary>
    public static Refused InvalidContent { get; } = New(Operation.SendMessage, ErrorCode.InvalidContent,
        Invariant($"Message content must be at most {Limits.MaxContentBytes:N0} bytes of UTF-8."));

    /// <summary>The <c>client_id</c> is empty or too long.</summary>
    public static Refused InvalidClientId { get; } = New(Operation.SendMessage, ErrorCode.InvalidClientId,
        Invariant($"client_id must be 1 to {Limits.MaxClientIdBytes} bytes of UTF-8."));

    /// <summary>The same <c>client_id</c> came with another recipient or content.</summary>
    public static Refused ClientIdReused { get; } =
        New(Operation.SendMessage, ErrorCode.ClientIdReused, "This client_id was used for another message.");

    /// <summary>Nobody has that name.</summary>
    public static Refused NoSuchRecipient { get; } =
        New(Operation.SendMessage, ErrorCode.NoSuchRecipient, "Recipient does not exist.");

    /// <summary>The limit is negative.</summary>
    public static Refused InvalidFetchLimit { get; } =
        New(Operation.FetchAway, ErrorCode.InvalidData, "Invalid limit.");

    /// <summary>The pattern is missing or empty.</summary>
    public static Refused NoPattern { get; } =
        New(Operation.ListAccounts, ErrorCode.InvalidData, "No pattern provided.");

    /// <summary>The pattern is too long.</summary>
    public static Refused PatternTooLong { get; } = New(Operation.ListAccounts, ErrorCode.InvalidData,
        Invariant($"Pattern must be at most {Limits.MaxPatternCharacters:N0} characters."));

    /// <summary>No id is left to delete.</summary>
    public static Refused NoMessageIds { get; } =
        New(Operation.DeleteMessages, ErrorCode.InvalidData, "No valid message IDs provided.");

    /// <summary>There are too many ids.</summary>
    public static Refused TooManyMessageIds { get; } = New(Operation.DeleteMessages, ErrorCode.InvalidData,
        Invariant($"At most {Limits.MaxDeletedMessages:N0} messages can be deleted at once."));

    /// <summary>There are too many names.</summary>
    public static Refused TooManyNames { get; } = New(Operation.AskPresence, ErrorCode.InvalidData,
        Invariant($"At most {Limits.MaxPresenceNames:N0} usernames can be asked for at once."));

    /// <summary>The account to be blocked does not exist.</summary>
    public static Refused NobodyToBlock { get; } =
        New(Operation.Block, ErrorCode.NoSuchRecipient, "Account does not exist.");

    /// <summary>The account has no such login, or not any more.</summary>
    public static Refused NoSuchLogin { get; } =
        New(Operation.RevokeLogin, ErrorCode.NoSuchSession, "There is no such session.");

    /// <summary>The login to be revoked has given the password later than who asks, and not long ago.</summary>
    /// <param name="wait">After which time to try again.</param>
    public static Refused LoginIsSheltered(TimeSpan wait) => TryAgainLater(
        Operation.RevokeLogin, ShelteredBeginning, wait);

    /// <summary>The login to be revoked is missing.</summary>
    public static Refused NoLoginToRevoke { get; } =
        New(Operation.RevokeLogin, ErrorCode.InvalidData, "No session provided.");

    /// <summary>The account to be blocked is one's own.</summary>
    public static Refused BlocksOneself { get; } =
        New(Operation.Block, ErrorCode.InvalidData, "You cannot block yourself.");

    /// <summary>So many accounts are blocked that no more can be.</summary>
    public static Refused TooManyBlocked { get; } = New(Operation.Block, ErrorCode.QuotaExceeded,
        Invariant($"At most {Limits.MaxBlocked:N0} accounts can be blocked."));

    /// <summary>The sender has stored as much as an account may.</summary>
    public static Refused QuotaExceeded { get; } = New(Operation.SendMessage, ErrorCode.QuotaExceeded,
        "You have stored as many messages as you may; ask who runs the server.");

    /// <summary>Too many messages wait for the recipient.</summary>
    public static Refused InboxFull { get; } = New(Operation.SendMessage, ErrorCode.InboxFull,
        "Too many messages wait for the recipient; try again when some have been read.");

    /// <summary>Whoever runs the server lets nobody log in to the account. Told only to who knows its password.</summary>
    public static Refused AccountDisabled { get; } = New(
        Operation.LogIn, ErrorCode.NotAllowed, "This account is disabled. Ask whoever runs the server.");

    /// <summary>The server's configuration forbids it.</summary>
    public static Refused ResetNotAllowed { get; } = New(
        Operation.ResetDatabase, ErrorCode.NotAllowed, "Database reset is not allowed on this server.");

    /// <summary>The operation needs a login; each in the words of the original.</summary>
    public static Refused NotLoggedIn(Operation operation) => operation switch
    {
        Operation.SendMessage => WrongSender,
        Operation.DeleteMessages => new(operation, ErrorCode.NotLoggedIn, DeletesWithoutLoginText),
        _ => new(operation, ErrorCode.NotLoggedIn, NotLoggedInText),
    };

    /// <summary>The name breaks a rule.</summary>
    /// <param name="fault">As <see cref="Username.TryParse"/> puts it.</param>
    public static Refused InvalidUsername(string fault) => new(Operation.SignUp, ErrorCode.InvalidUsername, fault);

    /// <summary>A password to be set is too long.</summary>
    public static Refused InvalidPassword(Operation operation) =>
        new(operation, ErrorCode.InvalidPassword, LongPasswordText);

    /// <summary>A password to be set has U+FFFD, which stands for text that was lost.</summary>
    public static Refused DamagedPassword(Operation operation) =>
        new(operation, ErrorCode.InvalidPassword, DamagedPasswordText);

    /// <summary>Where a page is to begin or how long it is to be makes no sense.</summary>
    public static Refused InvalidPage(Operation operation) => new(operation, ErrorCode.InvalidData, InvalidPageText);

    /// <summary>The other person is not named.</summary>
    public static Refused NoUsername(Operation operation) => new(operation, ErrorCode.InvalidData, NoUsernameText);

    /// <summary>The queue for work of this kind is full.</summary>
    public static Refused Busy(Operation operation) => new(operation, ErrorCode.Busy, BusyText);

    /// <summary>Stands in for a request that cannot be taken now, so that it is refused as busy in its turn.</summary>
    public static UnreadableRequest BusyInsteadOf(Request request) =>
        new(request.Operation, ErrorCode.Busy, BusyText) { Id = request.Id, IsExtended = request.IsExtended };

    /// <summary>Too many wrong passwords for this account or from this address; this one was not looked at.</summary>
    /// <param name="operation">What was asked.</param>
    /// <param name="wait">After which time to try again.</param>
    public static Refused TooManyGuesses(Operation operation, TimeSpan wait) =>
        TryAgainLater(operation, TooManyBeginning + "wrong passwords; ", wait);

    /// <summary>The store failed, and nothing was done.</summary>
    public static Refused StorageUnavailable(Operation operation) =>
        new(operation, ErrorCode.StorageUnavailable, StorageText);

    /// <summary>The server has too little disk space left, and nothing was done.</summary>
    public static Refused StorageFull(Operation operation) =>
        new(operation, ErrorCode.StorageFull, StorageFullText);

    /// <summary>The server cannot do that.</summary>
    public static Refused Unsupported(Operation operation) => new(operation, ErrorCode.Unsupported, UnsupportedText);

    /// <summary>The announced length of a frame is over the limit.</summary>
    /// <param name="maxFrameBytes">The limit.</param>
    public static UnreadableRequest FrameTooLong(int maxFrameBytes) => new(Operation.Unknown, ErrorCode.FrameTooLong,
        Invariant($"{LongFrameBeginning}the limit is {maxFrameBytes:N0} bytes."));

    /// <summary>A binary request begins with an op that the server does not know.</summary>
    /// <param name="op">The op.</param>
    internal static UnreadableRequest UnknownOp(byte op) =>
        new(Operation.Unknown, ErrorCode.UnknownOperation, Invariant($"{UnknownOpBeginning}{op}."));

    /// <summary>Which code belongs to a refusal's text; <see cref="ErrorCode.Other"/> if the catalogue does not have
    /// it.</summary>
    internal static ErrorCode CodeOf(string text)
    {
        if (Codes.TryGetValue(text, out var code)) { return code; }
        foreach (var (beginning, itsCode) in Beginnings)
        {
            if (text.StartsWith(beginning, StringComparison.Ordinal)) { return itsCode; }
        }
        return ErrorCode.Other;
    }

    private static Refused TryAgainLater(Operation operation, string beginning, TimeSpan wait) =>
        new(operation, ErrorCode.RateLimited,
            Invariant($"{beginning}try again in {Math.Ceiling(wait.TotalSeconds):N0} s."))
        {
            RetryAfter = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)),
        };

    private static Refused New(Operation operation, ErrorCode code, string text) =>
        new(operation, code, Note(code, text));

    private static string Note(ErrorCode code, string text)
    {
        Codes.Add(text, code); // throws if one text is to have two codes
        return text;
    }
}
