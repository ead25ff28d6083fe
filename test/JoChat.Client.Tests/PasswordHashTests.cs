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
    public void An_empty_password_stays_empty_for_the_server_to_refuse()
    {
        Assert.Equal("", PasswordHash.Of(new Secret("")).Value);
    }
}
