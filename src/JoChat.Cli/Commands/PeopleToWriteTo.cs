namespace JoChat.Cli.Commands;

/// <summary>The names that completion offers.</summary>
internal static class PeopleToWriteTo
{
    private const int Most = 100; // conversations

    /// <summary>The people that the account talked with, the newest first. Nobody is asked for a password: without a
    /// login that is kept there are none.</summary>
    public static async Task<IEnumerable<string>> NamesAsync(Verb verb, CancellationToken cancellation)
    {
        try
        {
            if (verb.Logins.Find(verb.Settings.Server, verb.Settings.User) is not { } saved) { return []; }
            await using var client = await verb.ConnectAsync(cancellation);
            if (!client.IsSide) { return []; } // it would make the account online
            await client.ResumeAsync(
                verb.Logins.Keep(verb.Settings.Server, saved.Username), takeover: false, cancellation);
            var conversations = await client.ListConversationsAsync(before: null, Most, cancellation);
            return conversations.Select(conversation => conversation.With);
        }
        catch (Exception failure) when (Failure.IsExpected(failure))
        {
            return []; // completion has nobody to tell
        }
    }
}
