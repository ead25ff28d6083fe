using System.Buffers.Binary;

namespace JoChat.Link.Tests;

/// <summary>Two ends of a link, what was put in at each and what came out at the other, and the frames under way.
/// </summary>
internal sealed class Ends
{
    private static readonly LinkName Name = new(7, 1);

    private readonly LinkEnd[] _ends;
    private readonly List<byte[]>[] _arrived = [[], []];

    public Ends(LinkOptions options)
    {
        _ends = [new LinkEnd(Name, options, TimeSpan.Zero), new LinkEnd(Name, options, TimeSpan.Zero)];
    }

    public TimeSpan Now { get; set; }

    /// <summary>Whether an owner gives back at once what it was handed.</summary>
    public bool Releases { get; set; } = true;

    /// <summary>What was put in at an end.</summary>
    public List<byte[]>[] Sent { get; } = [[], []];

    /// <summary>Frames on their way to an end, the oldest first.</summary>
    public List<byte[]>[] UnderWay { get; } = [[], []];

    public LinkEnd this[int end] => _ends[end];

    /// <summary>What came out at an end.</summary>
    public IReadOnlyList<byte[]> ArrivedAt(int end) => _arrived[end];

    public void Put(int end, params byte[] message)
    {
        _ends[end].Put(message);
        Sent[end].Add(message);
    }

    /// <summary>Puts the frames that are due at an end under way.</summary>
    public int Take(int end)
    {
        var count = 0;
        for (; _ends[end].TryTakeFrame(Now, out var frame); count++) { UnderWay[1 - end].Add(frame); }
        return count;
    }

    /// <summary>Has the oldest frame under way to an end arrive.</summary>
    public void Arrive(int end)
    {
        var frame = UnderWay[end][0];
        UnderWay[end].RemoveAt(0);
        Receive(end, frame);
    }

    /// <summary>Has a frame arrive. What comes out of it must be what was put in next.</summary>
    public void Receive(int end, byte[] frame) => _ends[end].Receive(frame, Now, message =>
    {
        Assert.True(message.SequenceEqual(Sent[1 - end].ElementAtOrDefault(_arrived[end].Count)));
        _arrived[end].Add(message.ToArray());
        if (Releases) { _ends[end].Release(message.Length); }
    });

    /// <summary>Lets all frames arrive, until there are no more.</summary>
    public void Settle()
    {
        for (var round = 0; Take(0) + Take(1) + UnderWay[0].Count + UnderWay[1].Count > 0; round++)
        {
            Assert.True(round < 10_000, "the ends never come to rest");
            for (var end = 0; end < 2; end++)
            {
                while (UnderWay[end].Count > 0) { Arrive(end); }
            }
        }
    }

    public static byte[] Message(Random random, int maxLength, int number)
    {
        var message = new byte[random.Next(sizeof(int), maxLength + 1)];
        random.NextBytes(message);
        BinaryPrimitives.WriteInt32BigEndian(message, number);
        return message;
    }
}
