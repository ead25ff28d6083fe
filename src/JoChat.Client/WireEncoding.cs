namespace JoChat.Client;

/// <summary>How messages are encoded; a server detects it.</summary>
public enum WireEncoding
{
    /// <summary>JSON, which original servers speak too.</summary>
    Json,

    /// <summary>The compact binary encoding.</summary>
    Binary,
}
