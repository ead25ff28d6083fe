using System.Text.Json;

namespace JoChat.Protocol;

/// <summary>The names of <see cref="ErrorCode"/> on the wire.</summary>
internal static class ErrorCodeNames
{
    private static readonly Dictionary<ErrorCode, string> Names = Enum.GetValues<ErrorCode>().ToDictionary(
        code => code, code => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString()));

    private static readonly Dictionary<string, ErrorCode> Codes =
        Names.ToDictionary(name => name.Value, name => name.Key, StringComparer.Ordinal);

    public static string Of(ErrorCode code) => Names[code];

    /// <summary>The code of that name; <see cref="ErrorCode.Other"/> if this version does not know it.</summary>
    public static ErrorCode Parse(string? name) =>
        name is not null && Codes.TryGetValue(name, out var code) ? code : ErrorCode.Other;
}
