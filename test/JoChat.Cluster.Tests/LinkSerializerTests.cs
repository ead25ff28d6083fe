using System.Runtime.Serialization;
using JoChat.Link;

namespace JoChat.Cluster.Tests;

/// <summary>What the ends of a link tell each other is the same on the other side, and nothing else is read.</summary>
public sealed class LinkSerializerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("test", RemoteSystems.LinkConfig);

    public void Dispose() => _system.Dispose();

    [Fact]
    public void What_is_told_is_heard()
    {
        var name = new LinkName(0x0102030405060708, -1);

        Assert.Equal(new LinkWire.Hello(), Cross(new LinkWire.Hello()));
        var welcome = Assert.IsType<LinkWire.Welcome>(Cross(new LinkWire.Welcome(name, ["one", "ünder"])));
        Assert.Equal(name, welcome.Name);
        Assert.Equal(["one", "ünder"], welcome.HashKinds);
        Assert.Equal(new LinkWire.Farewell(name), Cross(new LinkWire.Farewell(name)));
        Assert.Equal([1, 2, 3], Assert.IsType<LinkWire.Frame>(Cross(new LinkWire.Frame([1, 2, 3]))).Bytes);
    }

    [Theory]
    [InlineData("W", 0)]
    [InlineData("W", 2)]
    [InlineData("X", 4)]
    [InlineData("Y", 0)]
    public void Anything_else_costs_no_connection(string manifest, int length) =>
        Assert.Throws<SerializationException>(
            () => SerializerOf(new LinkWire.Hello()).FromBinary(new byte[length], manifest));

    private object Cross(object told)
    {
        var serializer = SerializerOf(told);
        return serializer.FromBinary(serializer.ToBinary(told), serializer.Manifest(told));
    }

    private LinkSerializer SerializerOf(object told) =>
        Assert.IsType<LinkSerializer>(_system.Serialization.FindSerializerFor(told));
}
