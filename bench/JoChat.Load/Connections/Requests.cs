using System.Buffers.Binary;
using System.Text.Json;

namespace JoChat.Load;

/// <summary>Requests as frames.</summary>
internal static class Requests
{
    /// <summary>The password of every account.</summary>
    public const string Password = "correct horse battery staple";

    public static byte[] SignUp(string user) => Frame("signup", new { username = user, password = Password });

    public static byte[] LogIn(string user) => Frame("login", new { username = user, password = Password });

    public static byte[] Resume(string token) => Frame("resume", new { token });

    public static byte[] AskForPush(bool acknowledges = false) => Frame("hello", new
    {
        client = "jochat-load",
        features = acknowledges ? (string[])["push", "ack"] : ["push"],
    });

    public static byte[] Acknowledge(IReadOnlyList<long> ids) => Frame("ack", new { ids });

    public static byte[] Ping() => Frame("ping", new { });

    public static byte[] CountUnread() => Frame("count_unread", new { });

    public static byte[] Send(string sender, string recipient, string content) =>
        Frame("send_message", new { sender, recipient, content });

    public static byte[] Frame(string type, object data)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { msg_type = type, data });
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame, 4);
        return frame;
    }
}
