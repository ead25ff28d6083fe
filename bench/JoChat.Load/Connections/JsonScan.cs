using System.Buffers.Text;

namespace JoChat.Load;

/// <summary>Finds a number in a body of JSON without reading the rest.</summary>
internal static class JsonScan
{
    /// <summary>The whole number behind the first place where a member is written.</summary>
    /// <param name="body">The server's, which puts no space between a name and its value.</param>
    /// <param name="member">The name in its quotes, and the colon.</param>
    /// <returns>0 if there is none.</returns>
    public static long Number(ReadOnlySpan<byte> body, ReadOnlySpan<byte> member)
    {
        var at = body.IndexOf(member);
        return at >= 0 && Utf8Parser.TryParse(body[(at + member.Length)..], out long number, out _) ? number : 0;
    }
}
