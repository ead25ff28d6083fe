using System.Text;

namespace JoChat.Client;

/// <summary>Recognises by its first bytes what answers in JoChat's place, and has a sentence for it.</summary>
internal static class ServiceNames
{
    public const string Http = "HTTP", Tls = "TLS";

    // A JoChat server's first answer is shorter than 16 MiB, so its length begins with a zero.
    private const byte JoChatStart = 0;

    private static readonly (byte[] Start, string Name)[] Known =
    [
        .. from service in new[]
        {
            ("HTTP/", Http), ("<html", Http), ("<HTML", Http), ("<!DOCTYPE", Http), ("<!doctype", Http),
            ("\u0015\u0003", Tls), ("\u0016\u0003", Tls),
            ("SSH-", "SSH"), ("220", "SMTP or FTP"), ("554 ", "SMTP"), ("421 ", "SMTP or FTP"),
            ("* OK", "IMAP"), ("+OK", "POP3"), ("-ERR", "Redis or POP3"), ("-NOAUTH", "Redis"), ("-DENIED", "Redis"),
            ("RFB ", "VNC"), ("@RSYNCD", "rsync"), (":", "IRC"), ("NOTICE ", "IRC"), ("ERROR :", "IRC"),
            ("RTSP/", "RTSP"), ("SIP/", "SIP"), ("AMQP", "AMQP"), ("INFO {", "NATS"),
        }
        select (Encoding.Latin1.GetBytes(service.Item1), service.Item2),
    ];

    /// <summary>Tells what begins with these bytes.</summary>
    /// <param name="start">The first bytes received so far.</param>
    /// <param name="isAll">Whether no more will come.</param>
    /// <param name="options">Where it is.</param>
    /// <param name="sentence">What to tell people; null if it may be a JoChat server.</param>
    /// <returns>False if more bytes are needed.</returns>
    public static bool TryRecognise(
        ReadOnlySpan<byte> start, bool isAll, JoChatClientOptions options, out string? sentence)
    {
        sentence = null;
        if (start.IsEmpty) { return isAll; }
        if (start[0] == JoChatStart) { return true; }
        foreach (var (known, name) in Known)
        {
            if (start.StartsWith(known))
            {
                sentence = Describe(options, name);
                return true;
            }
            if (!isAll && known.AsSpan().StartsWith(start)) { return false; }
        }
        sentence = DescribeUnknown(options);
        return true;
    }

    /// <summary>The sentence for a service that answers.</summary>
    public static string Describe(JoChatClientOptions options, string name)
    {
        var where = options.Where();
        return name switch
        {
            Tls when options.UseTls => $"{where} speaks TLS, but in no way that this program knows.",
            Tls => $"{where} speaks TLS. Connect to it with TLS.",
            Http => $"{where} speaks HTTP, not JoChat. Is this the web page's port? JoChat's is usually {Usual}.",
            _ => $"{where} speaks {name}, not JoChat. {PortHint}",
        };
    }

    /// <summary>The sentence for a service that answers in no way we know.</summary>
    public static string DescribeUnknown(JoChatClientOptions options) =>
        $"{options.Where()} answers, but does not speak JoChat. {PortHint}";

    /// <summary>The sentence for a server that takes a connection and hangs up.</summary>
    public static string DescribeHangUp(JoChatClientOptions options) =>
        $"{options.Where()} hangs up without an answer, as no JoChat server does. {PortHint}";

    /// <summary>The sentence for a server that takes a connection and is silent.</summary>
    public static string DescribeSilence(JoChatClientOptions options, TimeSpan patience) => FormattableString.Invariant(
        $"{options.Where()} lets one connect and then says nothing, for {patience.TotalSeconds} s now. {PortHint}");

    /// <summary>Names the server in a sentence.</summary>
    public static string Where(this JoChatClientOptions options) =>
        FormattableString.Invariant($"{options.Host} port {options.Port}");

    private static string Usual => FormattableString.Invariant($"{JoChatClientOptions.DefaultPort}");

    private static string PortHint => $"JoChat's port is usually {Usual}.";
}
