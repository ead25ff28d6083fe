namespace JoChat.Load;

/// <summary>What was measured of each fault, and what is promised of it.</summary>
internal sealed class FailOverFigures
{
    /// <summary>The ways in which a writer ends.</summary>
    public static readonly IReadOnlyList<WriterFault> WriterFaults =
    [
        new("writer stopped", IsKilled: false, IsRestarted: false, MostSeconds: 3),
        new("writer stopped, back", IsKilled: false, IsRestarted: true, MostSeconds: 3),
        new("writer killed", IsKilled: true, IsRestarted: false, MostSeconds: 12),
        new("writer killed, back", IsKilled: true, IsRestarted: true, MostSeconds: 5),
    ];

    public const string ByToken = "gateway killed, token", ByPassword = "gateway killed, password";
    private const double MostUntilLogIn = 5;

    private readonly Lock _lock = new();
    private readonly List<(string Figure, double Value)> _notes = [];

    /// <summary>What is promised after so many trials of each fault.</summary>
    public static RunResult Target(int times) => new(
    [
        .. WriterFaults.Select(fault => Worst(fault.Name, fault.MostSeconds)),
        .. WriterFaults.Select(fault => IdleStay(fault.Name, times)),
        Worst(ByToken, MostUntilLogIn),
        Worst(ByPassword, MostUntilLogIn),
    ], []);

    /// <summary>Notes the seconds that a fault's clients were not served.</summary>
    public void Note(string fault, double seconds)
    {
        lock (_lock) { _notes.Add((fault, seconds)); }
    }

    /// <summary>Notes whether connections lasted.</summary>
    /// <param name="fault">Over which fault.</param>
    /// <param name="sender">That of a client who was sending.</param>
    /// <param name="idle">The part of those of clients who asked nothing, 0 to 1.</param>
    public void NoteConnections(string fault, bool sender, double idle)
    {
        Note(SenderStays(fault, 0).Name, sender ? 1 : 0);
        Note(IdleStay(fault, 0).Name, idle);
    }

    /// <summary>All figures.</summary>
    public IEnumerable<Figure> Show()
    {
        foreach (var name in (string[])[.. WriterFaults.Select(fault => fault.Name), ByToken, ByPassword])
        {
            double[] seconds = [.. ValuesOf(name).Order()];
            yield return new($"{name}: median", "s", (seconds[(seconds.Length - 1) / 2] + seconds[seconds.Length / 2]) / 2);
            yield return Worst(name, seconds[^1]);
        }
        foreach (var name in WriterFaults.Select(fault => fault.Name))
        {
            yield return SenderStays(name, ValuesOf(SenderStays(name, 0).Name).Sum());
            yield return IdleStay(name, ValuesOf(IdleStay(name, 0).Name).Sum());
        }
    }

    private IEnumerable<double> ValuesOf(string figure) =>
        _notes.Where(note => note.Figure == figure).Select(note => note.Value);

    private static Figure Worst(string fault, double seconds) => new($"{fault}: worst", "s", seconds);

    private static Figure SenderStays(string fault, double times) => new($"{fault}: sender stays", "times", times);

    private static Figure IdleStay(string fault, double times) => new($"{fault}: idle stay", "times", times);
}

/// <summary>A way in which a writer ends.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="IsKilled">By kill -9; else by SIGTERM.</param>
/// <param name="IsRestarted">Whether it is started again as soon as it has ended; else when all is measured.</param>
/// <param name="MostSeconds">What is promised.</param>
internal sealed record WriterFault(string Name, bool IsKilled, bool IsRestarted, double MostSeconds);
