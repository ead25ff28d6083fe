using System.Text.Json;
using Microsoft.Playwright;

namespace JoChat.Web.Bench;

/// <summary>What measures within the page: the driver's own way to it takes milliseconds.</summary>
internal static class MeasuringScripts
{
    private static readonly string[] Files =
        ["after-paint.js", "interactive.js", "frames.js", "keys.js", "scrolling.js"];

    /// <summary>All of them, to run before the page's own.</summary>
    public static string All { get; } = string.Join('\n', Files.Select(Text));

    /// <summary>Awaits what an expression in the page gives.</summary>
    public static async Task<T> AskAsync<T>(IPage page, string expression) =>
        (await page.EvaluateAsync<JsonElement>(expression)).Deserialize<T>(JsonSerializerOptions.Web)!;

    private static string Text(string file)
    {
        using var stream = typeof(MeasuringScripts).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
