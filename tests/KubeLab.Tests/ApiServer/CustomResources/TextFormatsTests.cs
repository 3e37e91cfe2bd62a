using KubeLab.ApiServer.CustomResources.Checking;

namespace KubeLab.Tests.ApiServer.CustomResources;

public sealed class TextFormatsTests
{
    [Theory]
    [InlineData("date", "2026-02-28", "2026-02-30")]
    [InlineData("date-time", "2026-01-01T10:00:00Z", "2026-01-01")]
    [InlineData("date-time", "2026-01-01T10:00:00.123+01:00", "2026-13-01T10:00:00Z")]
    [InlineData("duration", "1h30m", "soon")]
    [InlineData("uuid", "f8e25fbc-b3db-41c3-8ee0-0bfe92cca128", "f8e25fbc")]
    [InlineData("uuid4", "f8e25fbc-b3db-41c3-8ee0-0bfe92cca128", "f8e25fbc-b3db-31c3-8ee0-0bfe92cca128")]
    [InlineData("ipv4", "10.0.0.1", "10.0.0.256")]
    [InlineData("ipv4", "1.2.3.4", "::1")]
    [InlineData("ipv6", "fe80::1", "10.0.0.1")]
    [InlineData("cidr", "10.0.0.0/8", "10.0.0.0/40")]
    [InlineData("mac", "00:1a:2b:3c:4d:5e", "00:1a")]
    [InlineData("email", "a@example.org", "nobody")]
    [InlineData("uri", "https://example.org/x", "not a uri")]
    [InlineData("hostname", "www.example.org", "-x-.")]
    [InlineData("byte", "aGVsbG8=", "aGVs*")]
    [InlineData("hexcolor", "#ff0000", "red")]
    [InlineData("rgbcolor", "rgb(0, 128, 255)", "rgb(0, 300, 0)")]
    [InlineData("isbn", "978-0-306-40615-7", "978-0-306-40615-8")]
    [InlineData("creditcard", "4111 1111 1111 1111", "4111 1111 1111 1112")]
    public void A_format_takes_one_and_refuses_another(string format, string good, string bad)
    {
        Assert.True(TextFormats.Fits(format, good));
        Assert.False(TextFormats.Fits(format, bad));
    }

    [Theory]
    [InlineData("^[[:alpha:]_]+$", "ab_c", "a1")]
    [InlineData(@"^\d+$", "12", "1٢")]
    [InlineData("^a$", "a", "a\n")]
    [InlineData(@"\Aa\z", "a", "ab")]
    [InlineData("(?P<year>[0-9]{4})", "in 2026", "no")]
    [InlineData(@"^\Q1.5\E$", "1.5", "1x5")]
    [InlineData("^[]a]+$", "]a", "b")]
    [InlineData("^[^[:space:]]+$", "ab", "a b")]
    [InlineData("(?i)^abc$", "ABC", "abd")]
    [InlineData(@"^\pL+$", "äé", "1")]
    [InlineData(@"^[\w-]+$", "a-b", "a.b")]
    public void A_pattern_is_read_as_go_reads_it(string pattern, string good, string bad)
    {
        var expression = new GoPattern(pattern);
        Assert.Null(expression.Problem);
        Assert.True(expression.Matches(good));
        Assert.False(expression.Matches(bad));
    }

    [Theory]
    [InlineData("(?=x)", "invalid or unsupported Perl syntax: `(?=`")]
    [InlineData(@"(a)\1", @"invalid escape sequence: `\1`")]
    [InlineData("[a", "missing closing ]: `[a`")]
    public void What_go_does_not_have_is_refused(string pattern, string why) =>
        Assert.Equal($"error parsing regexp: {why}", new GoPattern(pattern).Problem);

    [Fact]
    public void A_pattern_that_would_make_others_search_for_ever_ends_at_once() =>
        Assert.False(new GoPattern("^(a+)+$").Matches(new string('a', 50_000) + "b"));
}
