using JoChat.Storage;

namespace JoChat.Actors.Tests;

/// <summary>What is pushed and not received: bounded, and received in one rising line.</summary>
public sealed class DeliveryWindowTests
{
    private const int MaxMessages = 8, MaxBytes = 1000;
    private static readonly AccountId Sender = new(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_pushed_and_acknowledged_the_window_holds_what_a_naive_one_does(int seed)
    {
        var random = new Random(seed);
        var window = new DeliveryWindow(MaxMessages, MaxBytes);
        var naive = new List<(long Id, int Bytes, bool IsAcknowledged)>();
        var received = new List<long>();
        var lastId = 0L;

        for (var step = 0; step < 20_000; step++)
        {
            var bytes = random.Next(MaxBytes + 200);
            if (random.Next(2) == 0 && window.TryFit(bytes))
            {
                window.Add(new MessageId(lastId += random.Next(1, 4)), Sender, bytes);
                naive.Add((lastId, bytes, false));
            }
            else
            {
                var id = random.NextInt64(Math.Max(0, lastId - 30), lastId + 5);
                window.Acknowledge(id);
                var place = naive.FindIndex(entry => entry.Id == id);
                if (place >= 0) { naive[place] = naive[place] with { IsAcknowledged = true }; }
                var taken = naive.TakeWhile(entry => entry.IsAcknowledged).Select(entry => entry.Id).ToArray();
                naive.RemoveRange(0, taken.Length);

                Assert.Equal(taken, Ids(window.TakeAcknowledged()));
                received.AddRange(taken);
            }

            Assert.Equal(MaxMessages - naive.Count, window.FreeMessages);
            Assert.Equal(Math.Max(0, MaxBytes - naive.Sum(entry => entry.Bytes)), window.FreeBytes);
            Assert.True(naive.Count <= MaxMessages);
            Assert.True(naive.Count <= 1 || naive.Sum(entry => entry.Bytes) <= MaxBytes);
            Assert.True(naive.Count > 0 || !window.IsFull);
        }

        Assert.Equal(received.Order(), received);
    }

    [Fact]
    public void A_message_larger_than_the_window_fits_alone()
    {
        var window = new DeliveryWindow(MaxMessages, MaxBytes);

        Assert.True(window.TryFit(MaxBytes + 1));
        window.Add(new MessageId(1), Sender, MaxBytes + 1);

        Assert.False(window.TryFit(0));
        window.Acknowledge(1);
        Assert.Equal([1], Ids(window.TakeAcknowledged()));
        Assert.True(window.TryFit(MaxBytes + 1));
    }

    [Fact]
    public void A_full_window_takes_more_when_it_is_half_empty_and_not_before()
    {
        var window = new DeliveryWindow(MaxMessages, MaxBytes);
        for (var id = 1; id <= MaxMessages; id++) { window.Add(new MessageId(id), Sender, 1); }

        for (var id = 1; id < MaxMessages / 2; id++) { window.Acknowledge(id); }
        window.TakeAcknowledged();
        var isFullBefore = window.IsFull;
        window.Acknowledge(MaxMessages / 2);
        window.TakeAcknowledged();

        Assert.True(isFullBefore);
        Assert.False(window.IsFull);
    }

    [Fact]
    public void What_was_written_is_received_up_to_the_newest_of_it()
    {
        var window = new DeliveryWindow(MaxMessages, MaxBytes);
        foreach (var id in new[] { 2, 4, 6 }) { window.Add(new MessageId(id), Sender, 1); }

        Assert.Equal([2, 4], Ids(window.TakeThrough(5)));
        Assert.Equal([], Ids(window.TakeThrough(5)));
        Assert.Equal([6], Ids(window.TakeThrough(long.MaxValue)));
    }

    private static long[] Ids(DeliveredMessages received) => received.IsNone
        ? []
        : [.. received.Earlier.Append(received.Newest).Select(message => message.Id.Value)];
}
