using System.Globalization;
using System.Text;
using JoChat.Protocol;

namespace JoChat.Load.Torture;

/// <summary>The result of a run.</summary>
internal sealed record TortureReport(
    TortureOptions Options, Tally Tally, IReadOnlyList<string> Findings, Counts Counts, TimeSpan Took)
{
    private static readonly Operation[] Asked =
    [
        Operation.CountUnread, Operation.ReadHistory, Operation.ListConversations, Operation.AskPresence,
        Operation.MarkRead, Operation.Typing, Operation.ReadInbox, Operation.MarkDelivered, Operation.ChangePassword,
        Operation.DeleteAccount,
    ];

    /// <summary>Which faults had to be left out, and why.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Why the run could not be brought to its end; null if it was. Then the final histories were not read,
    /// and whatever was acknowledged counts as lost.</summary>
    public string? EndedEarly { get; init; }

    /// <summary>The counts of the verdict, by name.</summary>
    public IReadOnlyList<(string Name, int Value)> Verdict =>
    [
        ("attempted", Tally.Attempted), ("acknowledged", Tally.Acknowledged), ("delivered", Tally.Delivered),
        ("lost", Tally.Lost), ("duplicated", Tally.Duplicated), ("misordered", Tally.Misordered),
        ("altered", Tally.Altered), ("faults", Tally.Faults),
    ];

    /// <summary>What was done to the server and its clients, and what was answered, by name.</summary>
    public IReadOnlyList<(string Name, int Value)> Activity =>
    [
        .. Enum.GetValues<Count>().Select(count => (Words(count.ToString()), Counts.Of(count))),
        ("cuts", Counts.Cuts),
        .. Enum.GetValues<CutStep>().Where(step => step != CutStep.None)
            .Select(step => ($"cuts {Words(step.ToString())}", Counts.Of(step))),
        .. Asked.Select(operation => ($"answered {Words(operation.ToString())}", Counts.Of(operation))),
    ];

    /// <summary>The report as text: a line each.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant(
            $"torture: {Options.Clients} clients, seed {Options.Seed}, {Took.TotalSeconds:F0} s"));
        if (Options.Control is { } control) { output.WriteLine($"{control} off: this run must fail"); }
        foreach (var leftOut in LeftOut) { output.WriteLine($"left out: {leftOut}"); }
        if (EndedEarly is not null) { output.WriteLine($"ended early: {EndedEarly}"); }
        foreach (var (name, value) in Activity) { WriteLine(output, name, value); }
        output.WriteLine();
        foreach (var (name, value) in Verdict) { WriteLine(output, name, value); }
        foreach (var finding in Findings) { output.WriteLine(finding); }
    }

    private static void WriteLine(TextWriter output, string name, int value) =>
        output.WriteLine(name.PadRight(28) + value.ToString(CultureInfo.InvariantCulture).PadLeft(9));

    private static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0) { words.Append(' '); }
            words.Append(char.ToLowerInvariant(letter));
        }
        return words.ToString();
    }
}
