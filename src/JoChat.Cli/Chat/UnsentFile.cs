using System.Text.Json;
using JoChat.Cli.State;

namespace JoChat.Cli.Chat;

/// <summary>The messages of one account that the server has not stored yet, kept from one run to the next.</summary>
/// <param name="state">Where they are kept; null keeps nothing.</param>
/// <param name="name">The file's name.</param>
internal sealed class UnsentFile(StateFolder? state, string name)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Whether anything is kept.</summary>
    public bool IsKept => state is not null;

    /// <summary>Reads them, in the order typed.</summary>
    /// <exception cref="IOException">The file cannot be read or is no such file.</exception>
    public IReadOnlyList<OwnMessage> Read()
    {
        if (state?.Read(name) is not { } text) { return []; }
        try
        {
            return JsonSerializer.Deserialize<OwnMessage[]>(text, Format) ?? [];
        }
        catch (JsonException damaged)
        {
            throw new IOException($"{state.PathOf(name)} is damaged; move it away.", damaged);
        }
    }

    /// <summary>Writes them.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Write(IReadOnlyCollection<OwnMessage> messages)
    {
        if (messages.Count == 0) { state?.Delete(name); }
        else { state?.Write(name, JsonSerializer.Serialize(messages, Format)); }
    }
}
