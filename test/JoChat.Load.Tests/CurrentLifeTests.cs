using JoChat.Load.Torture;

namespace JoChat.Load.Tests;

/// <summary>What a fault excuses, in a server whose lives end and in a cluster whose phases do.</summary>
public sealed class CurrentLifeTests
{
    private static readonly CurrentLife Calm = new(1), Harmed = new(1, Phase: 1) { MayRefuseWrites = true };

    [Fact]
    public void Nothing_is_excused_in_a_phase_without_faults() => Assert.False(Excuses(Calm, Calm));

    [Fact]
    public void A_fault_excuses_what_it_touches()
    {
        Assert.True(Excuses(Harmed, Harmed));
        Assert.True(Excuses(Calm, Harmed));
        Assert.True(Excuses(Calm, Calm with { Phase = 2 })); // it came and went
    }

    [Fact]
    public void The_next_life_of_a_process_excuses_nothing_of_the_one_before() =>
        Assert.False(Excuses(Calm, Harmed with { Number = 2 }));

    [Theory]
    [InlineData(0, true, "TERM")]
    [InlineData(0, true, "TERM", "KILL")]
    [InlineData(0, false)]
    [InlineData(0, false, "STOP", "CONT")]
    [InlineData(137, true, "KILL")]
    [InlineData(137, false, "TERM")]
    [InlineData(75, true)]
    [InlineData(1, false)]
    [InlineData(134, false, "KILL")]
    public void A_node_ends_by_its_signal_or_as_one_that_was_given_up(int status, bool may, params string[] sent) =>
        Assert.Equal(may, NodeUnderTorture.MayEnd(status, sent));

    [Fact]
    public void Of_four_faults_one_begins_behind_a_long_calm()
    {
        var random = new Random(1);
        var rounds = Enumerable.Range(0, 40)
            .Select(round => ClusterRound.Next(round, random, Enum.GetValues<ClusterFault>(), mayBeShort: true)).ToList();

        Assert.Equal(10, rounds.Count(round => round.Settles));
        Assert.All(rounds, round => Assert.InRange(round.After.TotalSeconds, round.Settles ? 5 : 0.1, round.Settles ? 10 : 3));
        Assert.Equal(Enum.GetValues<ClusterFault>(), rounds.Take(17).Select(round => round.Fault));
    }

    private static bool Excuses(CurrentLife asked, CurrentLife server) =>
        asked.Excuses(life => life.MayRefuseWrites, asked.At(server));
}
