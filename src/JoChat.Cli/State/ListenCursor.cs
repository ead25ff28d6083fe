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

    /// <summary>Keeps the id for the next run.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Write(long id) => folder?.Write(_name, id.ToString(CultureInfo.InvariantCulture));
}
