using System.Globalization;
using JoChat.Cli.Terminals;
using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli.Chat;

/// <summary>Changes to one's own account, of which those that lose something ask before they are made.</summary>
internal sealed class AccountChanges(JoChatClient client, ChatScreen screen, string self)
{
    /// <summary>Deletes the account, once its name and its password were typed.</summary>
    /// <returns>Whether it is deleted.</returns>
    public async Task<bool> DeleteAsync(CancellationToken cancellation)
    {
        screen.Warn("This deletes your account for good, with all messages you received and all you sent, also for the "
            + "people you sent them to.");
        var answer = await screen.Terminal.ReadLineAsync(
            LinePrompt.Confirmation("Type your username to confirm: "), cancellation);
        if (answer.Text?.Trim() is not { } typed || !Names.AreSame(typed, self))
        {
            screen.Say("Not confirmed; nothing was deleted.");
            return false;
        }
        var password = (await screen.Terminal.ReadLineAsync(LinePrompt.Secret("Password: "), cancellation)).Text;
        if (string.IsNullOrEmpty(password))
        {
            screen.Say("Not confirmed; nothing was deleted.");
            return false;
        }
        await client.DeleteAccountAsync(new Secret(password), cancellation);
        screen.Say($"Deleted the account {self}.");
        return true;
    }

    /// <summary>Shows the account's logins that are kept, the last used first.</summary>
    public async Task ShowLoginsAsync(CancellationToken cancellation)
    {
        var logins = await client.ListLoginsAsync(cancellation);
        // Last comes what a client calls itself: that may be anything.
        foreach (var login in logins)
        {
            var now = login.IsOwn ? ", this one" : login.IsConnected ? ", connected" : "";
            var address = login.Address.Length == 0 ? "" : $" from {login.Address}";
            var name = login.Client.Length == 0 ? "" : $": {login.Client}";
            screen.Say(string.Create(
                CultureInfo.InvariantCulture, $"#{login.Id} last used {screen.When(login.UsedAt)}{address}{now}{name}"));
        }
        if (logins.IsEmpty) { screen.Say("No login is kept; see jochat login."); }
    }

    /// <summary>Ends a login.</summary>
    /// <returns>Whether it was the one of this session.</returns>
    public async Task<bool> RevokeAsync(long login, CancellationToken cancellation)
    {
        var isOwn = await client.RevokeLoginAsync(login, cancellation);
        if (!isOwn) { screen.Say(string.Create(CultureInfo.InvariantCulture, $"Login #{login} has ended.")); }
        return isOwn;
    }

    /// <summary>Asks for the old and the new password, and changes it.</summary>
    public async Task ChangePasswordAsync(CancellationToken cancellation)
    {
        if (await AskAsync("Old password: ") is not { } old
            || await AskAsync("New password: ") is not { } chosen
            || await AskAsync("Repeat the new password: ") is not { } again)
        {
            screen.Say("The password is not changed.");
            return;
        }
        if (chosen != again)
        {
            screen.Warn("The two passwords differ; the old one stays.");
            return;
        }
        await client.ChangePasswordAsync(new Secret(old), new Secret(chosen), cancellation);
        screen.Say("The password is changed. Every saved login has ended; see jochat login.");

        async Task<string?> AskAsync(string question) =>
            (await screen.Terminal.ReadLineAsync(LinePrompt.Secret(question), cancellation)).Text;
    }
}
