namespace JoChat.Protocol;

/// <summary>What a connection can ask for beyond the original protocol. The values are the flags of the binary
/// encoding.</summary>
[Flags]
public enum Features
{
    /// <summary>Nothing: an original client.</summary>
    None = 0,

    /// <summary><c>push</c>: the server pushes messages as <see cref="MessageArrived"/>, and
    /// <see cref="QueueEmptied"/> after those that were undelivered at login. Without <see cref="Ack"/> a message
    /// counts as delivered once it is written to the socket.</summary>
    Push = 1,

    /// <summary><c>ack</c>: a pushed message counts as delivered once it is acknowledged (<see cref="Acknowledge"/>).
    /// Only with <see cref="Push"/>.</summary>
    Ack = 2,

    /// <summary><c>receipts</c>: <see cref="ReceiptArrived"/> when messages of mine are delivered or read.</summary>
    Receipts = 4,

    /// <summary><c>typing</c>: <see cref="TypingArrived"/> when someone is writing to me.</summary>
    Typing = 8,

    /// <summary><c>presence</c>: <see cref="PresenceChanged"/> for the people I last asked for with
    /// <see cref="AskPresence"/>, and <see cref="AccountGone"/>.</summary>
    Presence = 16,

    /// <summary><c>side</c>: log in as a side session, which leaves the account's session alone. It is settled by the
    /// login. With it <see cref="Push"/> means <see cref="InboxGrew"/> instead of messages, and there is no
    /// <see cref="Ack"/>.</summary>
    Side = 32,

    /// <summary><c>rotate</c>: every <see cref="Resume"/> gives the token for the next one; the one before is dead once
    /// that is used.</summary>
    Rotate = 64,
}

/// <summary>Features on the wire: in JSON an array of their names, in binary flags; those of other versions are passed
/// over.</summary>
internal readonly struct FeatureSet : IFieldType<Features>
{
    private const Features All =
        Features.Push | Features.Ack | Features.Receipts | Features.Typing | Features.Presence | Features.Side
        | Features.Rotate;

    private const int MostNames = 64; // in binary there are 32

    public Features Read(ref JsonInput json)
    {
        var features = Features.None;
        foreach (var name in JsonLists.TakeTexts(ref json, MostNames))
        {
            features |= WireNames<Features>.Parse(name) ?? Features.None;
        }
        return features;
    }

    public void Write(Features value, ReadOnlySpan<byte> name, JsonOutput json)
    {
        json.Name(name);
        json.BeginArray();
        foreach (var feature in Enum.GetValues<Features>())
        {
            if ((value & feature) != Features.None) { json.Value(WireNames<Features>.Of(feature)); }
        }
        json.EndArray();
    }

    public Features Read(ref BinaryInput binary) => (Features)binary.TakeUInt32() & All;

    public void Write(Features value, BinaryOutput binary) => binary.UInt32((long)value);
}
