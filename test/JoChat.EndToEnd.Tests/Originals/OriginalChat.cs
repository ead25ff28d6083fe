using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using JoChat.Protocol;

namespace JoChat.EndToEnd.Tests;

/// <summary>A database that the original server has written, over its JSON protocol: accounts whose names differ by case,
/// form or a blank, are too long or hold a tab; messages, most of them not delivered; one account was deleted.</summary>
internal static class OriginalChat
{
    /// <summary>Puts it into a file.</summary>
    public static void Unpack(string path)
    {
        using var packed = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Originals", "chat.db.gz"));
        using var unzip = new GZipStream(packed, CompressionMode.Decompress);
        using var file = File.Create(path);
        unzip.CopyTo(file);
    }

    /// <summary>All accounts, by their names.</summary>
    public static Dictionary<string, long> ReadAccounts(string path)
    {
        using var connection = OriginalFiles.Open(path);
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT username, id FROM users ORDER BY id";
        using var rows = read.ExecuteReader();
        var accounts = new Dictionary<string, long>();
        while (rows.Read()) { accounts.Add(rows.GetString(0), rows.GetInt64(1)); }
        return accounts;
    }

    /// <summary>All messages, in the order of their ids.</summary>
    public static List<Message> ReadMessages(string path)
    {
        using var connection = OriginalFiles.Open(path);
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT id, sender, recipient, content, to_deliver FROM messages ORDER BY id";
        using var rows = read.ExecuteReader();
        var messages = new List<Message>();
        while (rows.Read())
        {
            messages.Add(new Message(
                rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetInt64(4) == 1));
        }
        return messages;
    }

    /// <summary>What the client of an account sends as its password.</summary>
    public static Secret PasswordOf(string name) => new(name switch
    {
        "plainpw" => "not a hash at all",
        "upperhash" => Hash("pw-upper").ToUpperInvariant(),
        "last" => Hash("x"),
        _ when name.StartsWith("commit", StringComparison.Ordinal) => Hash("x"),
        _ => Hash("pw-" + name),
    });

    private static string Hash(string password) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));

    /// <summary>A message.</summary>
    internal sealed record Message(long Id, string Sender, string Recipient, string Content, bool IsDelivered);
}
