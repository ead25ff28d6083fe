using JoChat.Cli.Terminals;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>Calls for the person's attention when a message comes and the terminal is not looked at.</summary>
/// <param name="terminal">Rings and shows a notification of the desktop, if it can.</param>
/// <param name="mode">How, until the person says otherwise.</param>
internal sealed class Notices(ITerminal terminal, NoticeMode mode)
{
    private volatile NoticeMode _mode = mode;

    public NoticeMode Mode
    {
        get => _mode;
        set => _mode = value;
    }

    /// <summary>A message has come.</summary>
    public void Arrived(MessageArrived message)
    {
        switch (_mode)
        {
            case NoticeMode.On: terminal.Notify("JoChat: a message has come"); break;
            case NoticeMode.Text: terminal.Notify($"{message.Sender}: {message.Content}"); break;
        }
    }
}

/// <summary>What a notice shows.</summary>
internal enum NoticeMode
{
    /// <summary>There is none.</summary>
    Off,

    /// <summary>That there is a message, not whose and what: others may see the desktop.</summary>
    On,

    /// <summary>The message.</summary>
    Text,
}
