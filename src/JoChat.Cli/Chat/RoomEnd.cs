namespace JoChat.Cli.Chat;

/// <summary>Why a chat room was left.</summary>
internal enum RoomEnd
{
    /// <summary>The person leaves the program.</summary>
    Quit,

    /// <summary>The person leaves the program by Ctrl-C.</summary>
    Interrupted,

    /// <summary>The account is logged in no more: back to the login questions.</summary>
    LoggedOut,
}
