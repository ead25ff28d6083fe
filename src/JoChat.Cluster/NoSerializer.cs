using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace JoChat.Cluster;

/// <summary>Stands for Akka's serializer of all other types, which makes objects of whatever type the other end names. No
/// node sends such messages. Akka makes it, because cluster.conf names it.</summary>
internal sealed class NoSerializer : SerializerWithStringManifest
{
    public NoSerializer(ExtendedActorSystem system, Config _)
        : base(system)
    {
    }

    public override int Identifier => 1; // that of NewtonSoftJsonSerializer

    public override string Manifest(object o) => throw new SerializationException($"{o.GetType()} never leaves a node.");

    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj.GetType()} never leaves a node.");

    public override object FromBinary(byte[] bytes, string manifest) =>
        throw new SerializationException($"\"{manifest}\" never comes from another node.");
}
