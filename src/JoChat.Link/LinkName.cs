namespace JoChat.Link;

/// <summary>Which link a frame is of. A link that broke never goes on: the next one has another name.</summary>
/// <param name="Number">Given by the writer, which gives none twice.</param>
/// <param name="Epoch">The writer's: it rises each time another one takes over.</param>
public readonly record struct LinkName(long Number, long Epoch)
{
    /// <summary>For people.</summary>
    public override string ToString() => FormattableString.Invariant($"link {Number} of epoch {Epoch}");
}
