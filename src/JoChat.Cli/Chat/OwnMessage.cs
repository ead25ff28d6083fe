using JoChat.Cli.Terminals;

namespace JoChat.Cli.Chat;

/// <summary>A message of one's own, from the moment it was typed.</summary>
/// <param name="ClientId">Under which it is sent, however often: it is stored once.</param>
/// <param name="Recipient">Whom it is for, as typed.</param>
/// <param name="Text">The text.</param>
/// <param name="TypedAt">When it was typed.</param>
internal sealed record OwnMessage(string ClientId, string Recipient, string Text, DateTimeOffset TypedAt);

/// <summary>The line that shows a message of one's own, on a screen whose lines can be rewritten.</summary>
internal sealed class OwnLine(OwnMessage message)
{
    public OwnMessage Message => message;

    /// <summary>Null while it is not shown, or where lines stay as they were printed.</summary>
    public WrittenLine? Written { get; set; }

    /// <summary>What stands behind it.</summary>
    public MessageSign Sign { get; set; }

    /// <summary>Completes when the server has answered, or cannot any more.</summary>
    public Task Sending { get; set; } = Task.CompletedTask;
}
