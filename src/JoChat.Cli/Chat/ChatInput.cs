namespace JoChat.Cli.Chat;

/// <summary>What a line typed in the chat means.</summary>
internal abstract record ChatInput
{
    /// <summary>An empty line.</summary>
    public sealed record Nothing : ChatInput;

    /// <summary>Text for the person of the open query.</summary>
    public sealed record Say(string Text) : ChatInput;

    /// <summary>Text for somebody named.</summary>
    public sealed record Message(string Recipient, string Text) : ChatInput;

    /// <summary>From now on plain text goes to somebody.</summary>
    public sealed record OpenQuery(string Recipient) : ChatInput;

    /// <summary>From now on plain text goes to nobody.</summary>
    public sealed record CloseQuery : ChatInput;

    /// <summary>Find people by name.</summary>
    public sealed record Find(string Pattern) : ChatInput;

    /// <summary>The next page of the people found.</summary>
    public sealed record FindMore : ChatInput;

    /// <summary>Take messages sent while away.</summary>
    public sealed record Away(int Limit) : ChatInput;

    /// <summary>Show the delivered messages.</summary>
    public sealed record Inbox : ChatInput;

    /// <summary>Delete received messages.</summary>
    public sealed record Delete(IReadOnlyList<long> Ids) : ChatInput;

    /// <summary>Delete the account, once confirmed.</summary>
    public sealed record DeleteAccount : ChatInput;

    /// <summary>Back to the login questions.</summary>
    public sealed record LogOut : ChatInput;

    /// <summary>List the commands.</summary>
    public sealed record Help : ChatInput;

    /// <summary>End the program.</summary>
    public sealed record Quit : ChatInput;

    /// <summary>A line that cannot be carried out and is never sent as text either.</summary>
    public sealed record Mistake(string Explanation) : ChatInput;
}
