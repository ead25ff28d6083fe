using System.Globalization;

namespace JoChat.Load;

/// <summary>A report as plain text.</summary>
internal static class TableWriter
{
    private const int NameWidth = 36, UnitWidth = 9, Width = 12;

    public static void Write(Report report, TextWriter output)
    {
        var (measured, beside) = (report.Columns[0], report.Columns.Skip(1));
        output.WriteLine(FormattableString.Invariant($"{report.Workload}; median of {measured.Runs.Count} run(s)"));
        WriteLine(output, "", "", [measured.Name, .. beside.SelectMany(column => (string[])[column.Name, "ratio"])]);
        foreach (var row in report.Rows())
        {
            var medians = row.Values.Select(Median).ToList();
            var hasRatio = row.Unit != "cores"; // how busy others were is no bound for how busy they are
            WriteLine(output, row.Name, row.Unit, [Text(medians[0]), .. medians.Skip(1).SelectMany(
                other => (string[])[Text(other), Text(hasRatio ? medians[0] / other : null)])]);
        }
        foreach (var fault in report.Faults) { output.WriteLine($"FAULT: {fault}"); }
    }

    private static void WriteLine(TextWriter output, string name, string unit, IEnumerable<string> columns) =>
        output.WriteLine((name.PadRight(NameWidth) + unit.PadRight(UnitWidth)
            + string.Concat(columns.Select(column => column.PadLeft(Width)))).TrimEnd());

    private static double? Median(double[] values)
    {
        if (values.Length == 0) { return null; }
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(double? value) => value switch
    {
        null => "",
        { } number when !double.IsFinite(number) => "", // a ratio to nothing
        0 => "0",
        >= 100 or <= -100 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 or <= -10 => value.Value.ToString("F1", CultureInfo.InvariantCulture),
        >= 1 or <= -1 => value.Value.ToString("F2", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("F3", CultureInfo.InvariantCulture),
    };
}
