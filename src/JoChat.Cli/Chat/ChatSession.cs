using JoChat.Client;

namespace JoChat.Cli.Chat;

/// <summary>What belongs to one login of the chat.</summary>
/// <param name="Client">Logged in.</param>
/// <param name="Screen">Where the chat is shown.</param>
/// <param name="Self">Who is logged in.</param>
/// <param name="Memory">What is kept of the account.</param>
/// <param name="Names">Learns who is met.</param>
/// <param name="Notices">Calls for attention.</param>
/// <param name="IsPerson">Whether a person types: then the client connects again by itself.</param>
internal sealed record ChatSession(
    JoChatClient Client,
    ChatScreen Screen,
    string Self,
    AccountMemory Memory,
    KnownNames Names,
    Notices Notices,
    bool IsPerson);
