using System.Text.RegularExpressions;

namespace JoChat.Gateway;

/// <summary>What a node of a cluster may be called: what is a file's name and a host's name at once.</summary>
internal static partial class NodeName
{
    /// <summary>What a name in a certificate may have (RFC 5280, ub-common-name is 64; a label of DNS has 63).</summary>
    public const int MaxLength = 63;

    /// <summary>Judges a name.</summary>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public static string? FaultOf(string name) => name switch
    {
        "" => "a node's name cannot be empty",
        { Length: > MaxLength } => $"a node's name has {MaxLength} characters at most",
        _ when !Labels.IsMatch(name) =>
            "a node's name consists of a-z, A-Z, 0-9, \"-\", \"_\" and single dots, with a letter or digit at both ends",
        _ => null,
    };

    [GeneratedRegex(@"\A[a-zA-Z0-9](([-_a-zA-Z0-9]|\.(?![.]))*[a-zA-Z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Labels { get; }
}
