using JoChat.Protocol;
using static System.FormattableString;

namespace JoChat.Actors;

/// <summary>Every refusal that is a rule of chat, with the exact words of docs/protocol.md.</summary>
internal static class Refusal
{
    public static Refused NotLoggedIn(Operation operation) => operation switch
    {
        Operation.SendMessage => WrongSender,
        Operation.DeleteMessages => new(operation, ErrorCode.NotLoggedIn, "You are not logged in."),
        _ => new(operation, ErrorCode.NotLoggedIn, "You are not currently logged in."),
    };

    public static Refused InvalidSignUp { get; } = new(Operation.SignUp, ErrorCode.InvalidData, "Invalid data");

    public static Refused UsernameTaken { get; } = new(Operation.SignUp, ErrorCode.UsernameTaken, "Username taken");

    public static Refused InvalidUsername(string fault) => new(Operation.SignUp, ErrorCode.InvalidUsername, fault);

    public static Refused InvalidPassword { get; } = new(Operation.SignUp, ErrorCode.InvalidPassword,
        Invariant($"Password must be at most {Limits.MaxPasswordBytes:N0} bytes of UTF-8."));

    public static Refused InvalidLogIn { get; } = new(Operation.LogIn, ErrorCode.InvalidData, "Invalid login data.");

    public static Refused AlreadyLoggedIn { get; } =
        new(Operation.LogIn, ErrorCode.AlreadyLoggedIn, "This user is already logged in.");

    public static Refused LoggedInAsAnother { get; } =
        new(Operation.LogIn, ErrorCode.LoggedInAsAnother, "Client is already logged in with another user.");

    // One text for both faults, and the same work before it: nobody learns which names exist.
    public static Refused BadCredentials { get; } =
        new(Operation.LogIn, ErrorCode.BadCredentials, "Username not found or wrong password.");

    public static Refused IncompleteMessage { get; } =
        new(Operation.SendMessage, ErrorCode.InvalidData, "Sender, recipient, and content required.");

    public static Refused WrongSender { get; } =
        new(Operation.SendMessage, ErrorCode.WrongSender, "You are not logged in as this sender.");

    public static Refused InvalidContent { get; } = new(Operation.SendMessage, ErrorCode.InvalidContent,
        Invariant($"Message content must be at most {Limits.MaxContentBytes:N0} bytes of UTF-8."));

    public static Refused NoSuchRecipient { get; } =
        new(Operation.SendMessage, ErrorCode.NoSuchRecipient, "Recipient does not exist.");

    public static Refused InvalidFetchLimit { get; } =
        new(Operation.FetchAway, ErrorCode.InvalidData, "Invalid limit.");

    public static Refused NoPattern { get; } =
        new(Operation.ListAccounts, ErrorCode.InvalidData, "No pattern provided.");

    public static Refused PatternTooLong { get; } = new(Operation.ListAccounts, ErrorCode.InvalidData,
        Invariant($"Pattern must be at most {Limits.MaxPatternCharacters:N0} characters."));

    public static Refused InvalidPage { get; } =
        new(Operation.ListAccounts, ErrorCode.InvalidData, "Invalid pagination parameters.");

    public static Refused NoMessageIds { get; } =
        new(Operation.DeleteMessages, ErrorCode.InvalidData, "No valid message IDs provided.");

    public static Refused TooManyMessageIds { get; } = new(Operation.DeleteMessages, ErrorCode.InvalidData,
        Invariant($"At most {Limits.MaxDeletedMessages:N0} messages can be deleted at once."));

    public static Refused ResetNotAllowed { get; } = new(
        Operation.ResetDatabase, ErrorCode.NotAllowed, "Database reset is not allowed on this server.");

    public static Refused Busy(Operation operation) =>
        new(operation, ErrorCode.Busy, "Server is busy, try again later.");

    public static Refused StorageUnavailable(Operation operation) => new(operation, ErrorCode.StorageUnavailable,
        "Message store is unavailable, nothing was done; try again later.");
}
