using System.Text.Json;
using JoChat.Protocol;

namespace JoChat.Cli.State;

/// <summary>The logins that <c>jochat login</c> keeps: a resume token for each server and account, and which account of
/// a server was last logged in with.</summary>
/// <param name="folder">Where they are; null if there is no place to keep anything: then none is found.</param>
internal sealed class SavedLogins(StateFolder? folder)
{
    /// <summary>Finds a kept login.</summary>
    /// <param name="server">Which server.</param>
    /// <param name="username">Whose; null means the last account that was saved.</param>
    /// <returns>The login; null if none is kept.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public SavedLogin? Find(ServerAddress server, string? username)
    {
        username ??= Read(LastName(server), "account");
        return username is not null && Read(Name(server, username), "token") is { } token
            ? new SavedLogin(Read(Name(server, username), "account") ?? username, new Secret(token))
            : null;
    }

    /// <summary>A login whose token other processes may use too.</summary>
    public KeptLogin Keep(ServerAddress server, string username) => new(this, server, username);

    /// <summary>Keeps a login, in the place of the account's one before, and notes that it is the last.</summary>
    /// <returns>The file it is kept in, and the token that was kept there before, or null.</returns>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public async Task<(string File, Secret? Replaced)> SaveAsync(
        ServerAddress server, SavedLogin login, CancellationToken cancellation)
    {
        if (folder is null)
        {
            throw new IOException("There is no folder to keep a login in: set XDG_STATE_HOME or HOME.");
        }
        using var alone = await LockAsync(server, login.Username, cancellation);
        var replaced = Find(server, login.Username)?.Token;
        Replace(server, login);
        Write(LastName(server), server, login.Username, token: null);
        return (folder.PathOf(Name(server, login.Username)), replaced);
    }

    /// <summary>Keeps the next token of a login. To be called under its lock.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Replace(ServerAddress server, SavedLogin login) =>
        Write(Name(server, login.Username), server, login.Username, login.Token.Value);

    /// <summary>Waits until no other process uses an account's kept login.</summary>
    /// <returns>Lets the others again; null if there is no place to keep anything.</returns>
    /// <exception cref="IOException">One would not let go of it.</exception>
    public Task<IDisposable?> LockAsync(ServerAddress server, string username, CancellationToken cancellation) =>
        folder?.LockAsync(Name(server, username), cancellation) ?? Task.FromResult<IDisposable?>(null);

    /// <summary>Forgets a login.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    public void Delete(ServerAddress server, string username)
    {
        folder?.Delete(Name(server, username));
        if (Read(LastName(server), "account") is { } last && Names.AreSame(last, username))
        {
            folder?.Delete(LastName(server));
        }
    }

    private static string Name(ServerAddress server, string username) =>
        StateFolder.NameFor("login", KeyOf(server), Names.KeyOf(username));

    private static string LastName(ServerAddress server) => StateFolder.NameFor("account", KeyOf(server));

    private static string KeyOf(ServerAddress server) => server.ToString().ToLowerInvariant();

    private void Write(string name, ServerAddress server, string account, string? token)
    {
        var members = new Dictionary<string, string> { ["server"] = server.ToString(), ["account"] = account };
        if (token is not null) { members.Add("token", token); }
        folder!.Write(name, JsonSerializer.Serialize(members));
    }

    // A file that somebody has damaged is none.
    private string? Read(string name, string member)
    {
        if (folder?.Read(name) is not { } text) { return null; }
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a program needs to come back without a password.</summary>
/// <param name="Username">Whose account.</param>
/// <param name="Token">The resume token.</param>
internal sealed record SavedLogin(string Username, Secret Token);
