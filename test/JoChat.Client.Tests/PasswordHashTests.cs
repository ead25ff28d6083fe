using JoChat.Protocol;

namespace JoChat.Client.Tests;

public sealed class PasswordHashTests
{
    [Theory]
    // FIPS 180-2, appendix B.1.
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    // As sha256sum gives for the UTF-8 bytes C3 A9.
    [InlineData("é", "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c")]
    public void A_password_travels_as_the_lower_case_hex_of_its_hash(string password, string expected)
    {
        Assert.Equal(expected, PasswordHash.Of(new Secret(password)).Value);
    }

    [Fact]
    public void It_does_not_matter_how_a_keyboard_composes_a_letter()
    {
        Assert.Equal(PasswordHash.Of(new Secret("p\u00E9")), PasswordHash.Of(new Secret("pe\u0301")));
    }

    [Theory]
    [InlineData("p\uFFFDw")]
    [InlineData("p\uD800w")] // half a character
    [InlineData("p\uDC00\uD800")]
    public void What_is_no_text_is_refused_because_two_passwords_would_be_one(string password)
    {
        var refusal = Assert.Throws<RefusedException>(() => PasswordHash.Of(new Secret(password)));

        Assert.Equal(ErrorCode.InvalidPassword, refusal.Code);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_password_stays_empty_for_the_server_to_refuse()
    {
        Assert.Equal("", PasswordHash.Of(new Secret("")).Value);
    }
}
