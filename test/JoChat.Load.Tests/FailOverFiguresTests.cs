namespace JoChat.Load.Tests;

/// <summary>What is shown of many fail-overs.</summary>
public sealed class FailOverFiguresTests
{
    private readonly FailOverFigures _figures = new();

    [Fact]
    public void Of_each_fault_the_median_and_the_worst_are_shown_and_how_often_connections_lasted()
    {
        NoteAll(3, sender: true, idle: 1);
        NoteAll(1, sender: false, idle: 0.5);
        NoteAll(8, sender: false, idle: 1);

        var shown = _figures.Show().ToDictionary(figure => figure.Name, figure => figure.Value);

        Assert.Equal(3, shown["writer killed: median"]);
        Assert.Equal(8, shown["writer killed: worst"]);
        Assert.Equal(1, shown["writer killed: sender stays"]);
        Assert.Equal(2.5, shown["writer killed: idle stay"]);
        Assert.Equal(8, shown["gateway killed, password: worst"]);
    }

    [Fact]
    public void What_is_promised_stands_beside_what_is_measured()
    {
        NoteAll(1, sender: true, idle: 1);

        var targets = FailOverFigures.Target(1).Figures;

        Assert.Empty(targets.Select(target => target.Name).Except(_figures.Show().Select(figure => figure.Name)));
        Assert.Contains(new Figure("writer killed, back: worst", "s", 5), targets);
    }

    private void NoteAll(double seconds, bool sender, double idle)
    {
        foreach (var fault in FailOverFigures.WriterFaults)
        {
            _figures.Note(fault.Name, seconds);
            _figures.NoteConnections(fault.Name, sender, idle);
        }
        _figures.Note(FailOverFigures.ByToken, seconds);
        _figures.Note(FailOverFigures.ByPassword, seconds);
    }
}
