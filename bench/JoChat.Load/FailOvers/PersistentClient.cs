using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;

namespace JoChat.Load;

/// <summary>A client of one gateway that asks again until it is answered, on a new connection where the one before was cut.
/// Its calls block.</summary>
/// <param name="port">The gateway's.</param>
/// <param name="logIn">The request by which it logs in.</param>
internal sealed class PersistentClient(int port, byte[] logIn) : IDisposable
{
    // Part of what is measured, and small beside it.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly string[] PassingRefusals = ["storage_unavailable", "already_logged_in", "busy"];
    private BlockingClient? _connection;
    private bool _isLoggedIn;

    /// <summary>How often it has logged in.</summary>
    public int LogIns { get; private set; }

    /// <summary>Makes an account.</summary>
    /// <returns>The request by which it resumes.</returns>
    public static byte[] SignUp(int port, string user)
    {
        using var client = new BlockingClient(port);
        client.Ask(Requests.SignUp(user));
        var login = Requests.Frame("login", new { username = user, password = Requests.Password, resume = true });
        return Requests.Resume(client.Ask(login).GetProperty("resume_token").GetString()!);
    }

    /// <summary>Logs in, if it is not.</summary>
    public void LogIn() => Repeat(TryLogIn);

    /// <summary>Asks until it is not refused.</summary>
    public void Ask(byte[] request) => Repeat(() => TryLogIn() && TryAsk(request));

    /// <summary>Ends the connection.</summary>
    public void Dispose() => _connection?.Dispose();

    private bool TryLogIn()
    {
        if (_isLoggedIn) { return true; }
        _isLoggedIn = TryAsk(logIn);
        LogIns += _isLoggedIn ? 1 : 0;
        return _isLoggedIn;
    }

    private bool TryAsk(byte[] request)
    {
        if (AskOrLose(request) is not { } answer) { return false; }
        var data = JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("data");
        if (data.GetProperty("status").GetString() == "ok") { return true; }
        return PassingRefusals.Contains(data.GetProperty("code").GetString())
            ? false : throw new LoadFailedException($"refused: {answer}");
    }

    // Who is cut off has the same to do as before, on another connection.
    private string? AskOrLose(byte[] request)
    {
        try
        {
            _connection ??= new BlockingClient(port);
            return _connection.AskForText(request);
        }
        catch (Exception fault) when (fault is LoadFailedException or SocketException)
        {
            _connection?.Dispose();
            (_connection, _isLoggedIn) = (null, false);
            return null;
        }
    }

    private static void Repeat(Func<bool> attempt)
    {
        var began = Stopwatch.GetTimestamp();
        while (!attempt())
        {
            if (Stopwatch.GetElapsedTime(began) > Longest)
            {
                throw new LoadFailedException($"a client was not served for {Longest}");
            }
            Thread.Sleep(Pause);
        }
    }
}
