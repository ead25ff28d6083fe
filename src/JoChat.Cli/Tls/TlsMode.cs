namespace JoChat.Cli.Tls;

/// <summary>When to speak TLS.</summary>
internal enum TlsMode
{
    /// <summary>Never; a person is warned if the server is another machine.</summary>
    Off,

    /// <summary>Always.</summary>
    On,

    /// <summary>With every server that is not this machine itself, so that nothing leaves it unencrypted.</summary>
    Require,
}
