namespace JoChat.Protocol;

/// <summary>What a connection can ask for beyond the original protocol. The values are the flags of the binary
/// encoding.</summary>
[Flags]
public enum Features
{
    /// <summary>Nothing: an original client.</summary>
    None = 0,

    /// <summary><c>push</c>: messages arrive by themselves as <see cref="MessageArrived"/>, and
    /// <see cref="QueueEmptied"/> behind those that waited. Without <see cref="Ack"/> a message counts as received once
    /// it is written to the socket.</summary>
    Push = 1,

    /// <summary><c>ack</c>: what is pushed counts as received once it is acknowledged (<see cref="Acknowledge"/>). Only
    /// with <see cref="Push"/>.</summary>
    Ack = 2,

    /// <summary><c>receipts</c>: <see cref="ReceiptArrived"/> when messages of mine are received or read.</summary>
    Receipts = 4,

    /// <summary><c>typing</c>: <see cref="TypingArrived"/> when someone is writing to me.</summary>
    Typing = 8,

    /// <summary><c>presence</c>: <see cref="PresenceChanged"/> for the people I last asked for with
    /// <see cref="AskPresence"/>.</summary>
    Presence = 16,
}

/// <summary>Features on the wire: in JSON an array of their names, in binary flags; those of other versions are passed
/// over.</summary>
internal static class FeatureNames
{
    private const Features All =
        Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence;

    public static Features Take(ref BinaryInput input) => (Features)input.TakeUInt32() & All;

    public static Features Take(ref JsonInput data)
    {
        var features = Features.None;
        foreach (var name in JsonLists.TakeTexts(ref data))
        {
            features |= WireNames<Features>.Parse(name) ?? Features.None;
        }
        return features;
    }

    public static void Write(Features features, JsonOutput data)
    {
        data.Name("features"u8);
        data.BeginArray();
        foreach (var feature in Enum.GetValues<Features>())
        {
            if ((features & feature) != Features.None) { data.Value(WireNames<Features>.Of(feature)); }
        }
        data.EndArray();
    }
}
