using System.Buffers;

namespace JoChat.Cluster.Tests;

/// <summary>What crosses a link, of every type.</summary>
internal static class LinkMessages
{
    public static TheoryData<string> Types =>
        [.. LinkEncoding.Commands.Forms.Concat(LinkEncoding.Replies.Forms).Select(form => form.Type.Name)];

    public static LinkForm Form(string type) =>
        LinkEncoding.Commands.Forms.Concat(LinkEncoding.Replies.Forms).Single(form => form.Type.Name == type);

    public static LinkEncoding EncodingOf(Type type) =>
        LinkEncoding.Commands.Forms.Any(form => form.Type == type) ? LinkEncoding.Commands : LinkEncoding.Replies;

    public static byte[] Encode(object content, long session = 7)
    {
        var output = new ArrayBufferWriter<byte>();
        EncodingOf(content.GetType()).Write(new LinkMessage(session, content), output);
        return output.WrittenSpan.ToArray();
    }
}
