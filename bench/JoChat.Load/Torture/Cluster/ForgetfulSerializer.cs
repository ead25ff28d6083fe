using System.Buffers.Binary;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using JoChat.Cluster;
using JoChat.Link;

namespace JoChat.Load.Torture;

/// <summary>A <see cref="LinkSerializer"/> that loses a frame now and then, and numbers the others so that their link does not see
/// it: what Akka.Remote promises, without what a link adds. Akka makes it, because the settings name it.</summary>
internal sealed class ForgetfulSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const int FramesPerLoss = 200;
    private const int SequenceAt = 17, AcknowledgedAt = 25;
    private readonly LinkSerializer _links = new(system);
    private readonly Dictionary<LinkName, int> _lost = [];
    private readonly Lock _gate = new();

    public override int Identifier => _links.Identifier;

    /// <summary>A gateway that has it.</summary>
    /// <param name="folder">Where a file with its settings may be.</param>
    public static string[] Program(string folder)
    {
        var settings = Path.Combine(folder, "framing.conf");
        File.WriteAllText(settings, $$"""
            akka.actor.serializers.link = "{{typeof(ForgetfulSerializer).FullName}}, {{typeof(ForgetfulSerializer).Assembly.GetName().Name}}"
            """);
        return ["jochat-load.dll", "faulty-gateway", FailingCalls.None.ToString(), "1", "--", "--config", settings];
    }

    public override string Manifest(object o) => _links.Manifest(o);

    public override byte[] ToBinary(object obj)
    {
        var bytes = _links.ToBinary(obj);
        // The other end counts those that it lost here.
        return obj is LinkWire.Frame ? Renumber(bytes, AcknowledgedAt, by: LostOf(bytes)) : bytes;
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (manifest != "F") { return _links.FromBinary(bytes, manifest); }
        if (bytes.Length > FrameHeader.Size && Random.Shared.Next(FramesPerLoss) == 0)
        {
            lock (_gate) { _lost[NameOf(bytes)] = LostOf(bytes) + 1; }
            throw new SerializationException("lost");
        }
        return new LinkWire.Frame(Renumber(bytes, SequenceAt, by: -LostOf(bytes)));
    }

    private int LostOf(byte[] frame)
    {
        lock (_gate) { return _lost.GetValueOrDefault(NameOf(frame)); }
    }

    private static LinkName NameOf(byte[] frame) => FrameHeader.TryRead(frame, out var header) ? header.Name : default;

    private static byte[] Renumber(byte[] frame, int at, int by)
    {
        var number = (byte[])frame.Clone();
        BinaryPrimitives.WriteInt64BigEndian(number.AsSpan(at), BinaryPrimitives.ReadInt64BigEndian(number.AsSpan(at)) + by);
        return number;
    }
}
