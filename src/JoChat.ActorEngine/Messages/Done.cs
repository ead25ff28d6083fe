#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>Says that something is done and that there is nothing more to say about it.</summary>
public sealed class Done
{
    private Done()
    {
    }

    /// <summary>The one value.</summary>
    public static Done Instance { get; } = new();
}
