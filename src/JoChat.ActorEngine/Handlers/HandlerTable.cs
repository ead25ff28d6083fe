namespace JoChat.ActorEngine;

/// <summary>The handlers of one behaviour of a <see cref="ReceiveActor"/>: the first that matches wins.</summary>
internal sealed class HandlerTable(HandlerShape shape, object[] held) : Behavior
{
    public override bool Handle(ActorCell cell, object message)
    {
        // Most messages are of the same type as the one before.
        var candidates = cell.LatestCandidates;
        if (candidates?.Type != message.GetType() || candidates.Shape != shape)
        {
            cell.LatestCandidates = candidates = shape.CandidatesFor(message.GetType());
        }

        foreach (var (kind, place) in candidates.Entries)
        {
            var handler = place == HandlerShape.Entry.OfActor ? cell.Actor : held[place];
            if (kind.Handle(cell, handler, message)) { return true; }
        }

        return false;
    }
}
