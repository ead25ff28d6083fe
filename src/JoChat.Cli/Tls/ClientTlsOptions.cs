using System.CommandLine;

namespace JoChat.Cli.Tls;

/// <summary>The options about TLS: <c>--tls</c>, <c>--ca-file</c> and <c>--tls-fingerprint</c>.</summary>
internal sealed class ClientTlsOptions
{
    private readonly Option<string?> _mode = new("--tls")
    {
        Description = "Speak TLS; require: with every server but this machine itself; off: never.",
        HelpName = Help.Optional("require|off"),
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
    /// <param name="written">Tells what is written for an option, wherever that is.</param>
    /// <exception cref="CommandFailedException">A value cannot be used.</exception>
    public TlsSettings Read(Func<Option<string?>, PlacedText?> written)
    {
        var authorities = written(_authorities);
        var fingerprint = written(_fingerprint);
        var mode = written(_mode);
        // Who says which certificate to expect wants one.
        var implied = authorities is null && fingerprint is null ? TlsMode.Off : TlsMode.On;
        var settings = new TlsSettings
        {
            Mode = mode?.Parse(ParseMode) ?? implied,
            Authorities = authorities?.Parse(path => AuthorityFile.Read(
                Path.Combine(authorities.Folder, BoundedFile.CheckPath(path)))),
            Fingerprint = fingerprint?.Parse(ParseFingerprint),
            FingerprintPlace = fingerprint?.Place,
        };
        return fingerprint is null || settings.Mode != TlsMode.Off ? settings : throw new CommandFailedException(
            $"{fingerprint.Place} names the server's certificate, but {mode!.Place} is {mode.Text}, and there is none "
            + "without TLS.");
    }

    private static TlsMode ParseMode(string mode) => mode switch
    {
        "on" or "true" or "yes" => TlsMode.On,
        "off" or "false" or "no" => TlsMode.Off,
        "require" => TlsMode.Require,
        _ => throw new CommandFailedException($"must be on, off or require, not \"{mode}\"."),
    };

    // As shown by us, and as openssl shows it, with colons and in capitals.
    private static string ParseFingerprint(string given)
    {
        const string Kind = "SHA256:";
        var digits = given.StartsWith(Kind, StringComparison.OrdinalIgnoreCase) ? given[Kind.Length..] : given;
        digits = digits.Replace(":", "", StringComparison.Ordinal);
        return digits.Length == 64 && digits.All(char.IsAsciiHexDigit)
            ? Kind + digits.ToLowerInvariant()
            : throw new CommandFailedException($"must be SHA256: and 64 hexadecimal digits, not \"{given}\".");
    }
}
