using JoChat.Cli.Display;
using JoChat.Cli.Terminals;
using JoChat.Client;

namespace JoChat.Cli.Tls;

/// <summary>Connects to the server that the options name. A certificate that is not trusted is shown to a person once,
/// as ssh does with a host's key, and from then on the server must have that one.</summary>
internal sealed class ServerConnector(CliSettings settings, CliEnvironment environment)
{
    private readonly KnownServers _known = new(environment.State);
    private readonly ErrorLines _lines = new(environment.Error, settings.IsJson);
    private bool _isWarned;

    /// <summary>Connects.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="JoChatException">As from <see cref="JoChatClient.ConnectAsync"/>.</exception>
    /// <exception cref="CommandFailedException">The certificate is not accepted.</exception>
    public async Task<JoChatClient> ConnectAsync(JoChatClientOptions options, CancellationToken cancellation)
    {
        if (!options.UseTls)
        {
            WarnOnce();
            return await JoChatClient.ConnectAsync(options, cancellation);
        }
        var expected = settings.Tls.Fingerprint ?? _known.Find(options.Host, options.Port);
        options = options with
        {
            AcceptedFingerprint = expected,
            // A certificate that is trusted needs no question, though another was accepted before. But one that the
            // options name is the only one.
            TrustedAuthorities = settings.Tls.Fingerprint is null ? settings.Tls.Authorities : [],
        };
        try
        {
            return await JoChatClient.ConnectAsync(options, cancellation);
        }
        catch (ServerUnreachableException failure) when (failure.Certificate is not null)
        {
            var shown = failure.Certificate;
            await JudgeAsync(failure, expected, cancellation);
            options = options with { AcceptedFingerprint = shown.Fingerprint };
            return await JoChatClient.ConnectAsync(options, cancellation);
        }
    }

    private string Where => KnownServers.NameOf(settings.Host, settings.Port);

    private async Task JudgeAsync(
        ServerUnreachableException failure, string? expected, CancellationToken cancellation)
    {
        var certificate = failure.Certificate!; // the caller has looked
        if (settings.Tls.Fingerprint is not null)
        {
            var place = settings.Tls.FingerprintPlace;
            throw Refusal($"{Where} has another certificate than {place} names: {certificate.Fingerprint}.");
        }
        if (expected is not null)
        {
            throw Refusal(
                $"{failure.Message} Ask who runs the server; if it has a new certificate, delete the line of {Where} "
                + $"from {_known.Path}.");
        }
        var problem = $"The certificate of {Where} is not trusted: {certificate.Problem}.";
        if (!environment.IsInputTerminal || settings.IsJson) // a program reads what is told
        {
            throw Refusal($"{problem} If it is right, give --tls-fingerprint {certificate.Fingerprint}.");
        }
        Tell(problem);
        Tell($"Its fingerprint is {certificate.Fingerprint}.");
        Tell("Ask who runs the server whether that is right.");
        var question = LinePrompt.Confirmation("Trust it from now on? [y/N] ");
        var answer = await environment.OpenPlainTerminal().ReadLineAsync(question, cancellation);
        if (answer.Text?.Trim() is not ("y" or "Y" or "yes")) { throw Refusal($"{Where} is not trusted."); }
        Remember(certificate.Fingerprint);
    }

    private void Remember(string fingerprint)
    {
        try
        {
            if (_known.Path is not null) { _known.Add(settings.Host, settings.Port, fingerprint); }
        }
        catch (IOException)
        {
            _lines.Warn("not_remembered", $"{Where} cannot be kept in {_known.Path}: the question will come again.");
        }
    }

    private void WarnOnce()
    {
        if (_isWarned || JoChatClientOptions.IsLoopback(settings.Host)) { return; }
        _isWarned = true;
        _lines.Warn("unencrypted", $"Nothing is encrypted on the way to {Where}, the password included. Use --tls.");
    }

    private void Tell(string sentence) => environment.Error.WriteLine($"jochat: {SafeText.Of(sentence)}");

    private static CommandFailedException Refusal(string sentences) =>
        new(sentences, ExitCode.Unreachable) { Code = "untrusted_certificate" };
}
