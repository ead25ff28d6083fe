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

    private static List<string> Examples()
    {
        List<string> examples = [];
        var isExample = false;
        foreach (var line in Document.Lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) { isExample = line is "```json"; }
            else if (isExample) { examples.Add(line); }
        }
        return examples;
    }
}
