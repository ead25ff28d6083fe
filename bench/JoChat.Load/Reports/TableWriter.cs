using System.Globalization;

namespace JoChat.Load;

/// <summary>A report as plain text.</summary>
internal static class TableWriter
{
    private const int NameWidth = 27, UnitWidth = 10, Width = 12;

    public static void Write(Report report, TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"{report.Workload}; median of {report.Chat.Count} run(s)"));
        WriteLine(output, "", "", "JoChat", "TCP echo", "ratio", "store alone", "ratio");
        foreach (var row in report.Rows())
        {
            var (chat, echo, commit) = (Median(row.Chat), Median(row.Echo), Median(row.Commit));
            var hasRatio = row.Unit != "cores"; // how busy others were is no bound for how busy they are
            WriteLine(output, row.Name, row.Unit, Text(chat), Text(echo), Text(hasRatio ? chat / echo : null),
                Text(commit), Text(hasRatio ? chat / commit : null));
        }
        foreach (var fault in report.Faults) { output.WriteLine($"FAULT: {fault}"); }
    }

    private static void WriteLine(TextWriter output, string name, string unit, params string[] columns) =>
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
        >= 100 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("F1", CultureInfo.InvariantCulture),
        >= 1 => value.Value.ToString("F2", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("F3", CultureInfo.InvariantCulture),
    };
}
