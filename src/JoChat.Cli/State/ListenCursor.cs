using System.Globalization;

namespace JoChat.Cli.State;

/// <summary>How far <c>jochat listen</c> has come with the messages to an account.</summary>
internal sealed class ListenCursor(StateFolder? folder, ServerAddress server, string username)
{
    private readonly string _name =
        StateFolder.NameFor("cursor", server.ToString().ToLowerInvariant(), Names.KeyOf(username));

    /// <summary>The id of the last message that was printed; null if none is known.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public long? Read() =>
        long.TryParse(folder?.Read(_name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Keeps the id for the next run, unless a run got further: one that begins further back on demand prints
    /// again what was printed, and nothing more is to be printed again for that.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Advance(long id)
    {
        if (!(Read() >= id)) { folder?.Write(_name, id.ToString(CultureInfo.InvariantCulture)); }
    }

    /// <summary>Forgets the id.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    public void Forget() => folder?.Delete(_name);
}
