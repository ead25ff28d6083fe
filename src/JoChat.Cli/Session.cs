using JoChat.Client;
using JoChat.Protocol;

namespace JoChat.Cli;

/// <summary>Login and logout that let scripts run one process directly after another.</summary>
internal static class Session
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    /// <summary>Logs in, retrying for about two seconds while the account has another session: that of a process that
    /// has just ended may not be closed yet.</summary>
    /// <returns>How many messages were sent while the account was away.</returns>
    /// <exception cref="JoChatException">As from <see cref="JoChatClient.LogInAsync"/>.</exception>
    public static async Task<long> LogInPatientlyAsync(
        this JoChatClient client,
        Credentials credentials,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = Shorter(2 * pause, LongestPause))
        {
            try
            {
                return await client.LogInAsync(
                    credentials.Username, credentials.Password, takeover: false, cancellation);
            }
            catch (RefusedException refusal) when (
                refusal.Code == ErrorCode.AlreadyLoggedIn && time.GetElapsedTime(started) + pause <= Patience)
            {
                await Task.Delay(pause, time, cancellation);
            }
        }
    }

    /// <summary>Logs out if logged in and connected, and waits for the answer. It never fails: an earlier failure
    /// matters more, and closing the connection ends the session as well, only later.</summary>
    public static async Task TryLogOutAsync(this JoChatClient client, CancellationToken cancellation)
    {
        try
        {
            if (client is { Username: not null, State: ConnectionState.Connected })
            {
                await client.LogOutAsync(cancellation);
            }
        }
        catch (JoChatException)
        {
            // See the summary.
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
