using System.Text;
using System.Text.Json;

namespace JoChat.Protocol.Tests;

/// <summary>docs/protocol.md says what the code does.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void Every_example_is_a_golden_text()
    {
        string[] golden =
        [
            .. GoldenRequests.All.Values.Select(golden => golden.Json),
            .. GoldenMessages.All.Values.Select(golden => golden.Json),
        ];

        var examples = Examples();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains(example, golden));
    }

    [Fact]
    public void Every_operation_has_an_example_request_and_response_and_every_event_one()
    {
        var examples = Examples().Select(example => JsonDocument.Parse(example).RootElement).ToLookup(
            example => example.GetProperty("msg_type").GetString(),
            example => example.GetProperty("data").TryGetProperty("status", out var found) ? found.GetString() : null);

        foreach (var codec in Codecs.Operations)
        {
            var statuses = examples[Encoding.UTF8.GetString(codec.MessageType)];
            Assert.Contains(null, statuses);
            if (codec.Operation is not Operation.Acknowledge) { Assert.Contains("ok", statuses); }
        }
        foreach (var codec in Codecs.Events)
        {
            Assert.Contains(null, examples[Encoding.UTF8.GetString(codec.MessageType)]);
        }
    }

    [Fact]
    public void Every_code_a_server_sends_stands_in_the_table_of_refusals()
    {
        var codes = Enum.GetValues<ErrorCode>().Where(code => code is not ErrorCode.Other)
            .Select(WireNames<ErrorCode>.Of);

        foreach (var code in codes)
        {
            Assert.Contains(Document.Lines, line => line.EndsWith($"| `{code}` |", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_dump_is_a_golden_body()
    {
        var golden = GoldenBodies().Select(Convert.ToHexString).ToHashSet();

        var dumps = Dumps();

        Assert.NotEmpty(dumps);
        Assert.All(dumps, dump => Assert.Contains(Convert.ToHexString(dump), golden));
    }

    [Fact]
    public void Every_op_has_a_dump_of_its_request_its_response_and_its_event()
    {
        var golden = GoldenBodies().Select(body => (body[0], body[1])).ToHashSet();

        var dumps = Dumps().Select(body => (body[0], body[1])).ToHashSet();

        Assert.Equal(golden, dumps);
    }

    [Fact]
    public void Every_op_stands_in_the_tables_of_the_binary_encoding()
    {
        for (var op = 1; op <= byte.MaxValue; op++)
        {
            var name = Codecs.FindOperation((byte)op) is { } operation ? operation.MessageType
                : Codecs.FindEvent((byte)op) is { } happened ? happened.MessageType
                : default;
            if (name.IsEmpty) { continue; }

            var row = $"| {op} | `{Encoding.UTF8.GetString(name)}` |";
            Assert.Contains(Document.Lines, line => line.StartsWith(row, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_text_beside_a_dump_is_what_its_bytes_say()
    {
        Assert.All(Document.Block("hex").Where(line => line.Length > 0), line =>
        {
            var characters = BytesOf(line).Select(value => value is >= 0x20 and < 0x7F ? (char)value : '.');
            Assert.EndsWith($"  |{string.Concat(characters)}|", line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_client_in_50_lines_has_no_more() =>
        Assert.InRange(Document.Block("python").Count(line => line.Length > 0), 20, 50);

    private static IEnumerable<byte[]> GoldenBodies() =>
        GoldenRequests.All.Values.Select(golden => golden.Binary)
            .Concat(GoldenMessages.All.Values.Select(golden => golden.Binary))
            .OfType<byte[]>();

    private static List<string> Examples() => [.. Document.Block("json").Where(line => line.Length > 0)];

    // An empty line, or a line that is not full, ends a dump.
    private static List<byte[]> Dumps()
    {
        const int FullLine = 16;
        List<byte[]> dumps = [];
        byte[] dump = [];
        foreach (var bytes in Document.Block("hex").Select(BytesOf))
        {
            dump = [.. dump, .. bytes];
            if (bytes.Length == FullLine || dump.Length == 0) { continue; }
            dumps.Add(dump);
            dump = [];
        }
        Assert.Empty(dump);
        return dumps;
    }

    private static byte[] BytesOf(string line) =>
        Convert.FromHexString(line.Split('|')[0].Replace(" ", "", StringComparison.Ordinal));
}
