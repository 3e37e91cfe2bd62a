using KubeLab.Api;

namespace KubeLab.Tests.Api;

public sealed class GoQuoteTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("\n\r\t\a\b\f\v", "\"\\n\\r\\t\\a\\b\\f\\v\"")]
    [InlineData("\u0001\u007f", "\"\\x01\\x7f\"")]
    [InlineData("größe 大", "\"größe 大\"")]
    [InlineData("\uFEFFapiVersion", "\"\\ufeffapiVersion\"")]
    [InlineData("a\u00A0b\u2028\u0085", "\"a\\u00a0b\\u2028\\u0085\"")]
    [InlineData("\U0001F600\U000E0001", "\"\U0001F600\\U000e0001\"")]
    public void Text_is_quoted_as_Go_quotes_it(string text, string quoted) => Assert.Equal(quoted, GoQuote.Quote(text));
}
