using System.Security.Cryptography;
using System.Text;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>The hash that is sent as the password, as the original client does: the lower-case hex SHA-256 of its
/// UTF-8, here in Unicode form C, because one keyboard composes an é and another does not. It keeps the typed text from
/// the server; the slow salted hash is the server's work.</summary>
internal static class PasswordHash
{
    // What decoders put where bytes were no text: two passwords that differ there would be one.
    private const char Replacement = '\uFFFD';

    /// <summary>Hashes a password.</summary>
    /// <param name="password">As typed. An empty one stays empty, so that the server refuses it.</param>
    /// <exception cref="RefusedException">It is no Unicode text.</exception>
    public static Secret Of(Secret password)
    {
        CheckIsText(password.Value);
        return OfForm(password.Value.Normalize(NormalizationForm.FormC));
    }

    /// <summary>Asks with the hash, and again with that of the password as typed if it is wrong and the two differ:
    /// accounts exist that were made with that one.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="ask">Sends a hash.</param>
    public static async Task<T> AskAsync<T>(Secret password, Func<Secret, Task<T>> ask)
    {
        try
        {
            return await ask(Of(password)).ConfigureAwait(false);
        }
        catch (RefusedException refusal) when (
            refusal.Code is ErrorCode.BadCredentials or ErrorCode.Other // original servers have no codes
            && !password.Value.IsNormalized(NormalizationForm.FormC))
        {
            return await ask(OfForm(password.Value)).ConfigureAwait(false);
        }
    }

    private static Secret OfForm(string password) => password.Length == 0
        ? new Secret(password)
        : new Secret(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password))));

    private static void CheckIsText(string password)
    {
        // Runes make a lone surrogate a replacement character.
        foreach (var rune in password.EnumerateRunes())
        {
            if (rune.Value == Replacement)
            {
                throw new RefusedException(
                    ErrorCode.InvalidPassword,
                    "The password holds bytes that are no text in this encoding, or the replacement character U+FFFD.");
            }
        }
    }
}
