using JoChat.Load.Torture;

namespace JoChat.Load.Tests;

/// <summary>In which order a client sends, whatever happens to its connections.</summary>
public sealed class OutboxTests
{
    private readonly MessageStream _stream = new("ada", "bob");
    private readonly Outbox _outbox = new();

    [Fact]
    public void What_was_not_answered_is_sent_again_in_order_before_anything_new()
    {
        SentMessage?[] before = [Next(), Next(), Next()];
        _outbox.Answered(isStored: true);
        _outbox.Reconnected();

        Assert.Equal([before[1], before[2]], [Next(), Next()]);
        Assert.DoesNotContain(Next(), before);
    }

    [Fact]
    public void A_cut_amid_the_second_sending_keeps_the_order()
    {
        SentMessage?[] before = [Next(), Next(), Next()];
        _outbox.Reconnected();
        Next();
        _outbox.Reconnected();

        Assert.Equal(before, [Next(), Next(), Next()]);
    }

    [Fact]
    public void A_refused_message_is_sent_again_after_those_in_flight()
    {
        var (refused, under) = (Next(), Next());
        Assert.Equal(refused, _outbox.Answered(isStored: false));
        _outbox.Reconnected();

        Assert.Equal([under, refused], [Next(), Next()]);
    }

    [Fact]
    public void It_is_empty_once_everything_is_stored()
    {
        Next();
        _outbox.Answered(isStored: false);
        Assert.False(_outbox.IsEmpty);
        Next();
        _outbox.Answered(isStored: true);

        Assert.True(_outbox.IsEmpty);
        Assert.Null(_outbox.Next(() => null, out _));
    }

    private SentMessage? Next() => _outbox.Next(_stream.Add, out _);
}
