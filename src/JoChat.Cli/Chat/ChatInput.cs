namespace JoChat.Cli.Chat;

/// <summary>What a line typed in the chat means.</summary>
internal abstract record ChatInput
{
    /// <summary>Whether it asks questions, and so takes the prompt's place until it is done.</summary>
    public virtual bool Asks => false;

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

    /// <summary>Show one person.</summary>
    public sealed record WhoIs(string Name) : ChatInput;

    /// <summary>The next page of the list shown last.</summary>
    public sealed record More : ChatInput;

    /// <summary>Show what was said with somebody; null means the person of the open query.</summary>
    public sealed record History(string? With) : ChatInput;

    /// <summary>List the people one talks with.</summary>
    public sealed record Conversations : ChatInput;

    /// <summary>Take messages sent while away.</summary>
    public sealed record Away(int Limit) : ChatInput;

    /// <summary>Show the delivered messages.</summary>
    public sealed record Inbox : ChatInput;

    /// <summary>Delete received messages.</summary>
    public sealed record Delete(IReadOnlyList<long> Ids) : ChatInput;

    /// <summary>Show nothing of somebody's any more; null lists who is ignored.</summary>
    public sealed record Ignore(string? Who) : ChatInput;

    /// <summary>Show somebody's messages again.</summary>
    public sealed record Unignore(string Who) : ChatInput;

    /// <summary>Keep somebody from oneself.</summary>
    public sealed record Block(string Who) : ChatInput;

    /// <summary>Let somebody reach oneself again.</summary>
    public sealed record Unblock(string Who) : ChatInput;

    /// <summary>List whom one blocks.</summary>
    public sealed record ListBlocked : ChatInput;

    /// <summary>Change what calls for attention; null tells it.</summary>
    public sealed record Notify(NoticeMode? Mode) : ChatInput;

    /// <summary>List what is not sent yet.</summary>
    public sealed record Unsent : ChatInput;

    /// <summary>Send again what has failed.</summary>
    public sealed record Retry : ChatInput;

    /// <summary>Forget what has failed.</summary>
    public sealed record Discard : ChatInput;

    /// <summary>List the account's logins that are kept.</summary>
    public sealed record ListLogins : ChatInput;

    /// <summary>End one of them, perhaps one's own.</summary>
    public sealed record Revoke(long Login) : ChatInput
    {
        /// <inheritdoc/>
        public override bool Asks => true;
    }

    /// <summary>Choose another password.</summary>
    public sealed record ChangePassword : ChatInput
    {
        /// <inheritdoc/>
        public override bool Asks => true;
    }

    /// <summary>Delete the account, once confirmed.</summary>
    public sealed record DeleteAccount : ChatInput
    {
        /// <inheritdoc/>
        public override bool Asks => true;
    }

    /// <summary>Back to the login questions.</summary>
    public sealed record LogOut : ChatInput
    {
        /// <inheritdoc/>
        public override bool Asks => true;
    }

    /// <summary>List the commands.</summary>
    public sealed record Help : ChatInput;

    /// <summary>End the program.</summary>
    public sealed record Quit : ChatInput;

    /// <summary>A line that cannot be carried out and is never sent as text either.</summary>
    public sealed record Mistake(string Explanation) : ChatInput;
}
