using System.CommandLine;

namespace JoChat.Cli.Tls;

/// <summary>The options about TLS: <c>--tls</c>, <c>--ca-file</c> and <c>--tls-fingerprint</c>.</summary>
internal sealed class ClientTlsOptions
{
    private const string Name = "--tls";

    private readonly Option<string?> _mode = new(Name)
    {
        Description = "Speak TLS; --tls=require: with every server but this machine itself; --tls=off: never.",
        HelpName = "on",
        Arity = ArgumentArity.ZeroOrOne, // a value stands behind "=" alone: see ArgumentWords
    };

    private readonly Option<string?> _authorities = new("--ca-file")
    {
        Description = "PEM file of those who may sign the server's certificate (else this machine's).",
        HelpName = "FILE",
    };

    private readonly Option<string?> _fingerprint = new("--tls-fingerprint")
    {
        Description = "The only certificate to accept, as SHA256:HEX.",
        HelpName = "SHA256",
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_mode, _authorities, _fingerprint];

    /// <summary>Reads what was given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="usually">The mode if none is given.</param>
    /// <exception cref="CommandFailedException">A value cannot be used.</exception>
    public TlsSettings Read(ParseResult parsed, TlsMode? usually = null)
    {
        var authorities = parsed.GetValue(_authorities) is { } path ? AuthorityFile.Read(path) : null;
        var fingerprint = parsed.GetValue(_fingerprint) is { } given ? ParseFingerprint(given) : null;
        // Who says which certificate to expect wants one.
        var implied = authorities is null && fingerprint is null ? TlsMode.Off : TlsMode.On;
        return new TlsSettings
        {
            Mode = parsed.GetResult(_mode) is { Implicit: false } ? ParseMode(parsed.GetValue(_mode) ?? "on") : usually ?? implied,
            Authorities = authorities,
            Fingerprint = fingerprint,
        };
    }

    /// <summary>Reads a mode.</summary>
    /// <exception cref="CommandFailedException">It is none.</exception>
    public static TlsMode ParseMode(string mode) => mode switch
    {
        "on" => TlsMode.On,
        "off" => TlsMode.Off,
        "require" => TlsMode.Require,
        _ => throw new CommandFailedException("--tls is on, off or require."),
    };

    // As shown by us, and as openssl shows it, with colons and in capitals.
    private static string ParseFingerprint(string given)
    {
        const string Kind = "SHA256:";
        var digits = given.StartsWith(Kind, StringComparison.OrdinalIgnoreCase) ? given[Kind.Length..] : given;
        digits = digits.Replace(":", "", StringComparison.Ordinal);
        return digits.Length == 64 && digits.All(char.IsAsciiHexDigit)
            ? Kind + digits.ToLowerInvariant()
            : throw new CommandFailedException("--tls-fingerprint is SHA256: and 64 hexadecimal digits.");
    }
}
