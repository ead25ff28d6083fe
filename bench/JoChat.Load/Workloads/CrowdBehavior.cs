namespace JoChat.Load;

/// <summary>How the clients of a crowd behave.</summary>
internal sealed record CrowdBehavior
{
    private const int BytesBesideContent = 1024;

    /// <summary>Whether the client with this index acknowledges what it is pushed.</summary>
    public Func<int, bool> Acknowledges { get; init; } = _ => true;

    /// <summary>Whether they read nothing after their login until they are told to.</summary>
    public bool StopsReading { get; init; }

    /// <summary>Bytes of content in each message that they are sent.</summary>
    public int ContentBytes { get; init; } = NumberedText.Size;

    /// <summary>The system's buffer for what was not read, in bytes; null: the system chooses.</summary>
    public int? ReceiveBuffer { get; init; }

    public SocketSettings SettingsOf(int client) =>
        new(SocketSettings.AddressOf(client), BytesBesideContent + ContentBytes, ReceiveBuffer);
}
