namespace JoChat.Link.Tests;

/// <summary>Over a carrier that does what it likes, what arrives is a prefix of what was sent; over one that is whole,
/// it is all.</summary>
public sealed class LinkFuzzTests
{
    private static readonly LinkOptions Options =
        new() { MaxFrame = FrameHeader.Size + 100, MaxMessage = 400, Window = 1000 };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Over_a_whole_carrier_everything_arrives_in_order(int seed)
    {
        var random = new Random(seed);
        var ends = new Ends(Options);
        for (var step = 0; step < 500; step++) { Step(ends, random, step); }
        ends.Settle();

        for (var end = 0; end < 2; end++)
        {
            Assert.Equal(LinkBreak.None, ends[end].Break);
            Assert.Equal(ends.Sent[1 - end].Count, ends.ArrivedAt(end).Count);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_the_carrier_does_what_arrives_is_a_prefix_and_a_fault_breaks_the_link(int seed)
    {
        var random = new Random(seed);
        var ends = new Ends(Options);
        var faultAt = random.Next(400);
        var isFaulty = false;
        for (var step = 0; step < 500; step++)
        {
            Step(ends, random, step);
            if (step >= faultAt && !isFaulty) { isFaulty = Harm(ends, random); }
        }
        for (var i = 0; i < 10; i++)
        {
            ends.Settle();
            ends.Now += TimeSpan.FromSeconds(1);
            ends[0].Tick(ends.Now);
            ends[1].Tick(ends.Now);
        }

        Assert.True(isFaulty);
        Assert.True(ends[0].Break != LinkBreak.None && ends[1].Break != LinkBreak.None);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_bytes_are_a_frame_or_break_the_link(int seed)
    {
        var random = new Random(seed);
        var ends = new Ends(Options);
        ends.Put(0, 1, 2, 3);
        ends.Take(0);
        var frame = ends.UnderWay[1][0];
        for (var i = 0; i < 1000; i++)
        {
            var harmed = frame.ToArray();
            for (var bytes = random.Next(4); bytes > 0; bytes--)
            {
                harmed[random.Next(harmed.Length)] = (byte)random.Next(256);
            }
            ends.Receive(1, harmed[..random.Next(harmed.Length + 1)]);
            if (ends[1].Break != LinkBreak.None) { break; }
        }

        Assert.InRange(ends.ArrivedAt(1).Count, 0, 1);
    }

    private static void Step(Ends ends, Random random, int step)
    {
        var end = random.Next(2);
        switch (random.Next(4))
        {
            case 0:
                ends.Put(end, Ends.Message(random, random.Next(10) == 0 ? Options.MaxMessage : 30, step));
                break;
            case 1:
                ends.Take(end);
                break;
            default:
                if (ends.UnderWay[end].Count > 0) { ends.Arrive(end); }
                break;
        }
    }

    // A frame is lost, alone or with all behind it, comes twice, or late.
    private static bool Harm(Ends ends, Random random)
    {
        var frames = ends.UnderWay[random.Next(2)];
        if (frames.Count == 0) { return false; }
        var place = random.Next(frames.Count);
        switch (random.Next(4))
        {
            case 0:
                frames.RemoveAt(place);
                return true;
            case 1:
                frames.RemoveRange(place, frames.Count - place);
                return true;
            case 2:
                frames.Insert(random.Next(place, frames.Count) + 1, frames[place]);
                return true;
            default:
                if (frames.Count == 1) { return false; }
                var (one, other) = (place, (place + 1) % frames.Count);
                (frames[one], frames[other]) = (frames[other], frames[one]);
                return true;
        }
    }
}
