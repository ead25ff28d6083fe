using System.Text.Json;

namespace JoChat.Load;

/// <summary>One round of every operation over one gateway, timed one by one.</summary>
/// <param name="port">The gateway's.</param>
/// <param name="accounts">How many accounts were filled in.</param>
internal sealed class LargeOperations(int port, int accounts) : IDisposable
{
    private readonly BlockingClient _usual = Enter(port, LargeContent.Usual);
    private readonly BlockingClient _busy = Enter(port, LargeContent.Busy);
    private readonly string _friend = LargeContent.NameOf(0);
    private int _count;

    /// <summary>Runs each operation once.</summary>
    /// <param name="note">Is told the name of the operation and how long it took.</param>
    public void Run(Action<string, long> note)
    {
        _count++;
        RunAsGuest(note);
        RunWith(_usual, LargeContent.Usual, note);
        RunWith(_busy, LargeContent.Busy, note);
        RunAway(note);
        List(note, "prefix", "ada.b*", atLeast: 1);
        List(note, "dense", "ada", atLeast: 1);
        List(note, "rare", LargeContent.NameOf(accounts - 1)[2..], atLeast: 1);
        List(note, "absent", "qqvvq", atLeast: 0);
        List(note, "all", "*", atLeast: 1);
    }

    public void Dispose()
    {
        _usual.Dispose();
        _busy.Dispose();
    }

    private static BlockingClient Enter(int port, string user)
    {
        var client = new BlockingClient(port);
        client.Ask(Requests.LogIn(user));
        return client;
    }

    private void RunAsGuest(Action<string, long> note)
    {
        var name = $"new{_count}";
        var logIn = Requests.Frame("login", new { username = name, password = Requests.Password, resume = true });
        using var guest = new BlockingClient(port);
        Time(guest, note, "signup", Requests.SignUp(name));
        Time(guest, note, "login by password", logIn);
        Time(guest, note, "logout", Requests.Frame("logout", new { }));

        // A token goes with a logout, so this one is of a login that is taken over.
        var token = guest.Ask(logIn).GetProperty("resume_token");
        using var resumed = new BlockingClient(port);
        Time(resumed, note, "login by token", Requests.Frame("resume", new { token }));
        for (var i = 0; i < 3; i++) { resumed.Ask(Requests.Send(name, _friend, "goodbye")); }
        Time(resumed, note, "delete_account", Requests.Frame("delete_account", new { }));
    }

    private void RunWith(BlockingClient client, string user, Action<string, long> note)
    {
        JsonElement Measure(string operation, byte[] frame) => Time(client, note, $"{operation}, {user}", frame);
        Measure("send", Requests.Send(user, _friend, "hello"));
        var sent = Measure("send with client_id", Requests.Frame("send_message", new
        {
            sender = user,
            recipient = user,
            content = "hello",
            client_id = $"c{_count}",
        })).GetProperty("id").GetInt64();
        Measure("history, newest", Requests.Frame("history", new { with = _friend, count = 50 }));
        Measure("history, older", Requests.Frame("history", new { with = _friend, before = 500, count = 50 }));
        Measure("conversations", Requests.Frame("conversations", new { count = 20 }));
        Measure("count_unread", Requests.CountUnread());
        Measure("mark_read", Requests.Frame("mark_read", new { with = user, through = sent }));
        Measure("presence", Requests.Frame("presence", new { of = (string[])[_friend, LargeContent.Away] }));
        Measure("live list", Requests.Frame("send_messages_to_client", new { }));
        var deleted = Measure("delete_messages", Requests.Frame(
            "delete_messages", new { message_ids_to_delete = (long[])[sent] }));
        if (deleted.GetProperty("deleted_count").GetInt32() != 1) { throw new LoadFailedException("not deleted"); }
    }

    private void RunAway(Action<string, long> note)
    {
        using var away = new BlockingClient(port);
        Time(away, note, "login, away", Requests.LogIn(LargeContent.Away));
        Time(away, note, "count_unread, away", Requests.CountUnread());
        Time(away, note, "live list, away", Requests.Frame("send_messages_to_client", new { }));
        var fetched = Time(away, note, "fetch_away, away", Requests.Frame("fetch_away_msgs", new { limit = 1 }));
        if (fetched.GetProperty("msg").GetArrayLength() != 1) { throw new LoadFailedException("nothing was away"); }
        away.Ask(Requests.Frame("logout", new { }));
    }

    private void List(Action<string, long> note, string kind, string pattern, int atLeast)
    {
        var listed = Time(_usual, note, $"list_accounts, {kind}", Requests.Frame(
            "list_accounts", new { pattern, start = 0, count = 20 }));
        if (listed.GetProperty("users").GetArrayLength() < atLeast) { throw new LoadFailedException("not listed"); }
    }

    private static JsonElement Time(BlockingClient client, Action<string, long> note, string operation, byte[] frame)
    {
        var answer = client.Ask(frame);
        note(operation, client.Elapsed);
        return answer;
    }
}
