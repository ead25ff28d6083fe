namespace JoChat.Load;

/// <summary>How the members of a crowd behave.</summary>
internal sealed record CrowdManner
{
    private const int BytesBesideContent = 1024;

    /// <summary>Whether the member of this number acknowledges what it is pushed.</summary>
    public Func<int, bool> Acknowledges { get; init; } = _ => true;

    /// <summary>Whether they read nothing after their log-in until they are told to.</summary>
    public bool StopsReading { get; init; }

    /// <summary>Bytes in each message that they are sent.</summary>
    public int ContentBytes { get; init; } = NumberedText.Size;

    /// <summary>The system's buffer for what was not read, in bytes; null: the system chooses.</summary>
    public int? ReceiveBuffer { get; init; }

    public SocketShape ShapeOf(int client) =>
        new(SocketShape.AddressOf(client), BytesBesideContent + ContentBytes, ReceiveBuffer);
}
