namespace JoChat.Client;

/// <summary>How messages stand on the wire; a server tells them apart by itself.</summary>
public enum WireEncoding
{
    /// <summary>JSON, which original servers speak too.</summary>
    Json,

    /// <summary>The compact binary encoding.</summary>
    Binary,
}
