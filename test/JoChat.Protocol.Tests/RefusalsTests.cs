using System.Reflection;

namespace JoChat.Protocol.Tests;

public sealed class RefusalsTests
{
    private static readonly Refused[] Catalogue =
    [
        .. typeof(Refusals).GetProperties().Select(property => (Refused)property.GetValue(null)!),
        .. typeof(Refusals).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(Refused))
            .Where(method => method.GetParameters() is [var parameter] && parameter.ParameterType == typeof(Operation))
            .SelectMany(method => Enum.GetValues<Operation>().Select(
                operation => (Refused)method.Invoke(null, [operation])!)),
    ];

    [Fact]
    public void A_text_of_the_catalogue_tells_its_code() =>
        Assert.All(Catalogue, refused => Assert.Equal(refused.Code, Refusals.CodeOf(refused.Text)));

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void A_fault_of_a_name_tells_its_code(string name)
    {
        Assert.False(Username.TryParse(name, out _, out var fault));

        Assert.Equal(ErrorCode.InvalidUsername, Refusals.CodeOf(fault));
    }

    [Fact]
    public void Words_with_the_server_s_own_end_tell_their_code()
    {
        Assert.Equal(ErrorCode.FrameTooLong, Refusals.CodeOf(Refusals.FrameTooLong(5).Text));
        Assert.Equal(ErrorCode.UnknownOperation, Refusals.CodeOf(Refusals.UnknownOp(99).Text));
        Assert.Equal(ErrorCode.Unsupported, Refusals.CodeOf("This server speaks only JSON (jochat.gateway.protocol)."));
    }

    [Fact]
    public void Other_words_tell_none() => Assert.Equal(ErrorCode.Other, Refusals.CodeOf("It rains."));

    [Fact]
    public void Every_text_of_the_catalogue_stands_in_the_document() =>
        Assert.All(Catalogue, refused => Assert.Contains($"`{refused.Text}`", Document.Text, StringComparison.Ordinal));
}
