using System.Text;

namespace JoChat.Protocol.Tests;

/// <summary>Bytes as people write them: hexadecimal, with text between apostrophes, blanks as one likes.</summary>
internal static class Hex
{
    public static byte[] Read(string notation) =>
    [
        .. notation.Split('\'').SelectMany((part, number) => number % 2 == 0
            ? Convert.FromHexString(string.Concat(part.Where(character => !char.IsWhiteSpace(character))))
            : Encoding.UTF8.GetBytes(part)),
    ];
}
