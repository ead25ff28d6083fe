using System.Text;
using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>The hash that is sent as the password (<see cref="SentPassword"/>), and what it may not be made of.</summary>
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
        return SentPassword.Of(password.Value);
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
            return await ask(SentPassword.OfForm(password.Value)).ConfigureAwait(false);
        }
    }

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
