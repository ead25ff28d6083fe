using System.Text;

namespace JoChat.Cli.Tests.Commands;

/// <summary>A password that is none is wrong usage, wherever it comes from.</summary>
public sealed class PasswordPlacesTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static TheoryData<string, string> Lines { get; } = new()
    {
        { "70FF0A", "not valid UTF-8." }, // no UTF-8
        { "70ED A0 80 0A", "not valid UTF-8." }, // half of a pair
        { "EFBFBD0A", "valid UTF-8, without U+FFFD." },
        { "", "no password in the first line" },
        { "0A", "no password in the first line" },
        { "0D0A7077", "no password in the first line" },
        { Convert.ToHexString(Encoding.ASCII.GetBytes(new string('x', 1025))), "longer than 1,024 bytes" },
        { Convert.ToHexString(Encoding.UTF8.GetBytes(new string('é', 513))), "longer than 1,024 bytes" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task It_is_refused_alike_in_a_file_and_in_the_input(string bytes, string sentence)
    {
        using var folder = new TemporaryFolder();
        var line = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));
        await File.WriteAllBytesAsync(folder.File("password"), line);
        using var input = new StreamReader(new MemoryStream(line), Strict);

        var ofFile = await RunAsync(TextReader.Null, folder.File("password"));
        var ofInput = await RunAsync(input, "-");

        Assert.Equal((ExitCode.Usage, ExitCode.Usage), (ofFile.ExitCode, ofInput.ExitCode));
        Assert.Contains(sentence, ofFile.Error, StringComparison.Ordinal);
        Assert.Contains(sentence, ofInput.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_no_UTF8_is_wrong_usage_as_it_is_in_an_argument()
    {
        using var input = new StreamReader(new MemoryStream([0x61, 0xFF]), Strict);
        await using var server = new AnsweringServer();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("password"), "pw\n");

        var run = await CliRun.RunAsync(input, [
            "send", "bob", "--user", "ada", "--password-file", folder.File("password"), $"--port={server.Port}"]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.EndsWith("The input is not valid UTF-8." + Environment.NewLine, run.Error, StringComparison.Ordinal);
    }

    private static Task<CliRun> RunAsync(TextReader input, string file) =>
        CliRun.RunAsync(input, ["login-check", "--user", "ada", "--password-file", file]);
}
