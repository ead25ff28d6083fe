namespace JoChat.Link.Tests;

/// <summary>When a frame goes, how much may be under way, and what breaks a link.</summary>
public sealed class LinkEndTests
{
    private static readonly LinkOptions Small = new() { MaxFrame = FrameHeader.Size + 32, MaxMessage = 100, Window = 256 };

    private readonly Ends _ends = new(Small);

    [Fact]
    public void A_message_goes_at_once_and_is_acknowledged_once()
    {
        _ends.Put(0, 1, 2, 3);

        Assert.Equal(1, _ends.Take(0));
        _ends.Arrive(1);
        Assert.Equal(1, _ends.Take(1));
        _ends.Arrive(0);
        Assert.Equal(0, _ends.Take(0) + _ends.Take(1));
        Assert.Equal([[1, 2, 3]], _ends.ArrivedAt(1));
    }

    [Fact]
    public void While_a_frame_is_on_its_way_messages_gather_for_the_next()
    {
        _ends.Put(0, 1);
        _ends.Take(0);
        for (byte i = 2; i < 6; i++)
        {
            _ends.Put(0, i);
            Assert.Equal(0, _ends.Take(0));
        }
        _ends.Arrive(1);
        _ends.Take(1);
        _ends.Arrive(0);

        Assert.Equal(1, _ends.Take(0));
        _ends.Arrive(1);
        Assert.Equal([[1], [2], [3], [4], [5]], _ends.ArrivedAt(1));
    }

    [Fact]
    public void A_full_frame_goes_though_one_is_on_its_way()
    {
        _ends.Put(0, 1);
        _ends.Take(0);
        _ends.Put(0, new byte[100]);

        Assert.Equal(3, _ends.Take(0)); // and a rest of 8 bytes waits
        Assert.All(_ends.UnderWay[1], frame => Assert.InRange(frame.Length, FrameHeader.Size, Small.MaxFrame));
        _ends.Settle();
        Assert.Equal(2, _ends.ArrivedAt(1).Count);
    }

    [Fact]
    public void Content_rides_with_an_acknowledgement()
    {
        _ends.Put(0, 1);
        _ends.Take(0);
        _ends.Put(1, 2);
        _ends.Take(1); // each has one on its way
        _ends.Put(0, 3);
        _ends.Arrive(0);

        Assert.Equal(1, _ends.Take(0));
        _ends.Arrive(1);
        _ends.Arrive(1);
        Assert.Equal([[1], [3]], _ends.ArrivedAt(1));
    }

    [Fact]
    public void No_more_is_under_way_or_held_than_the_window()
    {
        _ends.Releases = false;
        for (byte i = 0; i < 8; i++) { _ends.Put(0, [.. Enumerable.Repeat(i, 60)]); }

        _ends.Settle();
        Assert.Equal(4, _ends.ArrivedAt(1).Count); // of 64 bytes with their lengths
        Assert.False(_ends[0].HasCredit(0));

        _ends.Releases = true;
        _ends[1].Release(_ends.ArrivedAt(1).Sum(message => message.Length));
        _ends.Settle();
        Assert.Equal(8, _ends.ArrivedAt(1).Count);
        Assert.True(_ends[0].HasCredit(0));
    }

    [Fact]
    public void An_idle_link_is_kept_alive_and_asks_for_nothing_else()
    {
        var frames = 0;
        for (; _ends.Now < TimeSpan.FromSeconds(60); _ends.Now += TimeSpan.FromMilliseconds(100))
        {
            frames += _ends.Take(0) + _ends.Take(1);
            _ends.Settle();
            _ends[0].Tick(_ends.Now);
            _ends[1].Tick(_ends.Now);
        }

        Assert.Equal((LinkBreak.None, LinkBreak.None), (_ends[0].Break, _ends[1].Break));
        Assert.InRange(frames, 2 * 58, 2 * 60);
    }

    [Fact]
    public void Silence_breaks_it()
    {
        _ends.Now = Small.MaxSilence - TimeSpan.FromMilliseconds(1);
        _ends[0].Tick(_ends.Now);
        Assert.Equal(LinkBreak.None, _ends[0].Break);

        _ends.Now = Small.MaxSilence;
        _ends[0].Tick(_ends.Now);
        Assert.Equal(LinkBreak.Silence, _ends[0].Break);
    }

    [Fact]
    public void A_broken_end_sends_and_takes_nothing_more()
    {
        _ends.Put(0, 1);
        _ends.Put(1, 2);
        _ends.Take(1);
        _ends[0].End();
        _ends.Put(0, 3);
        _ends.Arrive(0);

        Assert.Equal(0, _ends.Take(0));
        Assert.Empty(_ends.ArrivedAt(0));
        Assert.Equal(LinkBreak.Ended, _ends[0].Break);
    }

    [Fact]
    public void A_frame_of_another_link_is_passed_over()
    {
        var former = new LinkEnd(new LinkName(7, 0), Small, TimeSpan.Zero);
        former.Put([9]);
        former.TryTakeFrame(TimeSpan.Zero, out var frame);
        _ends.Receive(1, frame);
        _ends.Put(0, 1);
        _ends.Settle();

        Assert.Equal([[1]], _ends.ArrivedAt(1));
        Assert.Equal(LinkBreak.None, _ends[1].Break);
    }

    [Theory]
    [InlineData(0, LinkBreak.Malformed)] // version
    [InlineData(24, LinkBreak.Gap)] // sequence
    [InlineData(32, LinkBreak.Malformed)] // acknowledges what was never sent
    [InlineData(33, LinkBreak.Malformed)] // limit below zero
    [InlineData(41, LinkBreak.Malformed)] // length of a message
    public void A_frame_that_breaks_the_rules_breaks_the_link(int place, LinkBreak expected)
    {
        _ends.Put(0, 1);
        _ends.Take(0);
        _ends.UnderWay[1][0][place] ^= 0x80;

        _ends.Arrive(1);

        Assert.Equal(expected, _ends[1].Break);
        Assert.Empty(_ends.ArrivedAt(1));
    }

    [Fact]
    public void Who_sends_more_than_it_may_breaks_the_link()
    {
        var boundless = new LinkEnd(new LinkName(7, 1), Small with { Window = 10_000 }, TimeSpan.Zero);
        _ends.Releases = false;
        for (var i = 0; i < 20; i++)
        {
            boundless.Put(new byte[60]);
            _ends.Sent[0].Add(new byte[60]);
        }
        while (boundless.TryTakeFrame(TimeSpan.Zero, out var frame)) { _ends.Receive(1, frame); }

        Assert.Equal(LinkBreak.Malformed, _ends[1].Break);
        Assert.InRange(_ends.ArrivedAt(1).Count, 3, 4);
    }

    [Fact]
    public void Credit_for_the_longest_message_never_waits_for_the_keep_alive()
    {
        var tight = Small with { Window = 2 * (Small.MaxMessage + LinkEnd.PrefixSize) };
        var ends = new Ends(tight) { Releases = false };
        for (var i = 0; i < 2; i++) { ends.Put(0, new byte[60]); }
        ends.Settle();
        Assert.False(ends[0].HasCredit(Small.MaxMessage));

        ends[1].Release(2 * 60); // so late that no acknowledgement tells it
        ends.Settle();

        Assert.True(ends[0].HasCredit(Small.MaxMessage));
    }

    [Fact]
    public void Who_puts_far_more_than_is_taken_breaks_the_link()
    {
        _ends.Releases = false;
        var puts = 0;
        for (; _ends[0].Break == LinkBreak.None && puts < 100; puts++)
        {
            _ends.Put(0, new byte[60]);
            _ends.Settle();
        }

        Assert.Equal(LinkBreak.Overfull, _ends[0].Break);
        Assert.Equal(4 + 8 + 1, puts); // the window, twice as much that waits, and the one that breaks it
    }

    [Fact]
    public void A_message_whose_handling_fails_is_not_handed_on_again()
    {
        _ends.Put(0, 1);
        _ends.Take(0);
        _ends.Put(0, 2);
        _ends.Now = Small.KeepAlive; // then it goes though one is on its way
        _ends.Take(0);
        var frames = _ends.UnderWay[1];
        var handed = 0;

        Assert.Throws<InvalidOperationException>(() => _ends[1].Receive(frames[0], _ends.Now, _ =>
        {
            handed++;
            throw new InvalidOperationException();
        }));
        _ends[1].Receive(frames[1], _ends.Now, _ => handed++);

        Assert.Equal(1, handed);
        Assert.NotEqual(LinkBreak.None, _ends[1].Break);
    }

    [Fact]
    public void Options_that_cannot_work_are_refused()
    {
        AssertRefused(Small with { KeepAlive = TimeSpan.Zero });
        AssertRefused(Small with { KeepAlive = Small.MaxSilence });
        AssertRefused(Small with { MaxMessage = int.MaxValue - LinkEnd.PrefixSize });
        AssertRefused(Small with { Window = (2 * (Small.MaxMessage + LinkEnd.PrefixSize)) - 1 });
        AssertRefused(Small with { MaxFrame = FrameHeader.Size });
    }

    [Fact]
    public void A_message_that_is_too_long_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ends[0].Put(new byte[101]));
    }

    private static void AssertRefused(LinkOptions options) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new LinkEnd(default, options, TimeSpan.Zero));
}
