using System.Buffers.Binary;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using JoChat.Link;

namespace JoChat.Cluster;

/// <summary>The <see cref="LinkSignal"/>s as bytes. Akka makes it, because link.conf names it.</summary>
internal sealed class LinkSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const int NameBytes = 2 * sizeof(long);

    public override int Identifier => 1700;

    public override string Manifest(object o) => o switch
    {
        Frame => "F",
        Hello => "H",
        Welcome => "W",
        Farewell => "X",
        _ => throw new ArgumentException($"{o.GetType().Name} is no signal of a link.", nameof(o)),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        Frame frame => frame.Bytes,
        Welcome welcome => ToBytes(welcome.Name),
        Farewell farewell => ToBytes(farewell.Name),
        _ => [],
    };

    // What it throws may be nothing else: for that alone Akka.Remote drops the message and keeps the connection.
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "F" => new Frame(bytes),
        "H" => new Hello(),
        "W" when bytes.Length == NameBytes => new Welcome(NameOf(bytes)),
        "X" when bytes.Length == NameBytes => new Farewell(NameOf(bytes)),
        _ => throw new SerializationException($"{bytes.Length} bytes as \"{manifest}\" are no signal of a link."),
    };

    private static byte[] ToBytes(LinkName name)
    {
        var bytes = new byte[NameBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, name.Number);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(sizeof(long)), name.Epoch);
        return bytes;
    }

    private static LinkName NameOf(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]));
}
