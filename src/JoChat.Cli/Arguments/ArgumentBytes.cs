using System.Text;

namespace JoChat.Cli.Arguments;

/// <summary>Finds arguments that were no text: .NET puts U+FFFD in the place of bytes that are no UTF-8, so that two
/// different names or passwords would become one.</summary>
internal static class ArgumentBytes
{
    private const string KernelsCopy = "/proc/self/cmdline"; // each argument and a zero byte; Linux only

    /// <summary>Complains of the first argument that is no UTF-8.</summary>
    /// <exception cref="CommandFailedException">There is one.</exception>
    public static void Check(string[] arguments)
    {
        if (!Array.Exists(arguments, argument => argument.Contains('\uFFFD')) || !File.Exists(KernelsCopy)) { return; }
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var written = Split(File.ReadAllBytes(KernelsCopy));
        var first = written.Count - arguments.Length; // before them is the program
        for (var i = 0; i < arguments.Length; i++)
        {
            try
            {
                _ = strict.GetCharCount(written[first + i]);
            }
            catch (DecoderFallbackException)
            {
                throw new CommandFailedException(FormattableString.Invariant($"Argument {i + 1} is not valid UTF-8."));
            }
        }
    }

    private static List<byte[]> Split(byte[] joined)
    {
        var arguments = new List<byte[]>();
        for (var rest = joined.AsSpan(); rest.IndexOf((byte)0) is >= 0 and var end; rest = rest[(end + 1)..])
        {
            arguments.Add(rest[..end].ToArray());
        }
        return arguments;
    }
}
