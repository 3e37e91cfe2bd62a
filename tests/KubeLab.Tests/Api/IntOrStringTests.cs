using System.Text.Json;
using KubeLab.Api;

namespace KubeLab.Tests.Api;

public sealed class IntOrStringTests
{
    [Theory]
    [InlineData("25%", 10, true, 3)]
    [InlineData("25%", 10, false, 2)]
    [InlineData("100%", 7, false, 7)]
    [InlineData("0%", 7, true, 0)]
    [InlineData("-25%", 10, true, -2)]
    [InlineData("-25%", 10, false, -3)]
    [InlineData("150%", 3, true, 5)]
    public void A_percentage_is_taken_of_the_total_and_rounded(string text, int total, bool roundUp, int expected)
    {
        Assert.Equal(expected, IntOrString.FromString(text).Scaled(total, roundUp));
    }

    [Theory]
    [InlineData("5", "invalid value for IntOrString: invalid type: string is not a percentage")]
    [InlineData("http", "invalid value for IntOrString: invalid type: string is not a percentage")]
    [InlineData("a%", "invalid value for IntOrString: invalid value \"a%\": strconv.Atoi: parsing \"a\": invalid syntax")]
    [InlineData("%", "invalid value for IntOrString: invalid value \"%\": strconv.Atoi: parsing \"\": invalid syntax")]
    public void Text_that_is_no_percentage_is_refused(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<FormatException>(() => IntOrString.FromString(text).Scaled(10, true)).Message);
    }

    [Theory]
    [InlineData("80")]
    [InlineData("\"http\"")]
    [InlineData("\"80\"")]
    public void Json_keeps_the_type_that_was_written(string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<IntOrString>(json)));
    }

    [Fact]
    public void Flags_become_numbers_when_they_spell_one()
    {
        Assert.Equal(IntOrString.FromInt(80), IntOrString.Parse("80"));
        Assert.Equal(IntOrString.FromString("http"), IntOrString.Parse("http"));
        Assert.Equal(8080, IntOrString.FromString("8080").IntValue);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<IntOrString>("1.5"));
    }
}
