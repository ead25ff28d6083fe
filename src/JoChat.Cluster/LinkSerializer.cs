using System.Buffers;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using JoChat.Link;

namespace JoChat.Cluster;

/// <summary>The <see cref="LinkSignal"/>s as bytes. Akka makes it, because link.conf names it.</summary>
internal sealed class LinkSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
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
        Welcome welcome => ToBytes(welcome.Name, welcome.HashKinds),
        Farewell farewell => ToBytes(farewell.Name, []),
        _ => [],
    };

    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return manifest switch
            {
                "F" => new Frame(bytes),
                "H" => new Hello(),
                "W" => ReadWelcome(bytes),
                "X" => new Farewell(ReadWelcome(bytes).Name),
                _ => throw new SerializationException($"\"{manifest}\" is no signal of a link."),
            };
        }
        catch (LinkMessageException fault)
        {
            // It may be nothing else: for that alone Akka.Remote drops the message and keeps the connection.
            throw new SerializationException($"{bytes.Length} bytes as \"{manifest}\" are no signal of a link.", fault);
        }
    }

    private static byte[] ToBytes(LinkName name, IReadOnlyList<string> hashKinds)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var to = new LinkOutput(bytes);
        to.Add(name.Number).Add(name.Epoch)
            .AddAll([.. hashKinds], static (string kind, ref LinkOutput output) => output.Add(kind)).Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static Welcome ReadWelcome(byte[] bytes)
    {
        var from = new LinkInput(bytes);
        var welcome = new Welcome(
            new LinkName(from.TakeNumber(), from.TakeNumber()),
            from.TakeAll(minBytes: 1, static (ref LinkInput input) => input.TakeText()));
        from.End();
        return welcome;
    }
}
