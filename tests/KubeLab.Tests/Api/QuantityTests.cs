using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;

namespace KubeLab.Tests.Api;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0n", "0")]
    [InlineData("0Ki", "0")]
    [InlineData("-0", "0")]
    [InlineData("1", "1")]
    [InlineData("+1", "1")]
    [InlineData("-1", "-1")]
    [InlineData("0.5", "500m")]
    [InlineData(".5", "500m")]
    [InlineData("5.", "5")]
    [InlineData("1.5", "1500m")]
    [InlineData("0100", "100")]
    [InlineData("1000", "1k")]
    [InlineData("1000000", "1M")]
    [InlineData("12345", "12345")]
    [InlineData("123400", "123400")]
    [InlineData("1000m", "1")]
    [InlineData("1500000u", "1500m")]
    [InlineData("1.2345", "1234500u")]
    [InlineData("0.9n", "1n")]
    [InlineData("1.1n", "2n")]
    [InlineData("-1.1n", "-2n")]
    [InlineData("0.0000000001", "1n")]
    [InlineData("1Ki", "1Ki")]
    [InlineData("1024Ki", "1Mi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("0.5Ki", "512")]
    [InlineData("1023", "1023")]
    [InlineData("1000Ki", "1000Ki")]
    [InlineData("2048", "2048")]
    [InlineData("0.1Ki", "102400m")]
    [InlineData("1.0001Ki", "1024102400u")]
    [InlineData("0.0001Ki", "102400u")]
    [InlineData("8Ei", "9223372036854775807")]
    [InlineData("-8Ei", "-9223372036854775807")]
    [InlineData("7Ei", "7Ei")]
    [InlineData("18446744073709551616", "18446744073709551616")]
    [InlineData("1000E", "1e21")]
    [InlineData("1e3", "1e3")]
    [InlineData("12E6", "12e6")]
    [InlineData("100e-3", "100e-3")]
    [InlineData("1e2", "100")]
    [InlineData("1e-1", "100e-3")]
    [InlineData("1E", "1E")]
    [InlineData("1e18", "1e18")]
    [InlineData("1.0e0", "1")]
    [InlineData("999999999999999999", "999999999999999999")]
    [InlineData("1234567890123456789012", "1234567890123456789012")]
    public void A_quantity_is_printed_in_canonical_form(string text, string canonical)
    {
        Assert.Equal(canonical, Quantity.Parse(text).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1.1.M")]
    [InlineData("1+1.0M")]
    [InlineData("aoeu")]
    [InlineData("0.1am")]
    [InlineData("1KI")]
    public void Text_of_another_shape_is_refused_with_the_regular_expression(string text)
    {
        var error = Assert.Throws<FormatException>(() => Quantity.Parse(text));
        Assert.Equal("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'", error.Message);
    }

    [Theory]
    [InlineData("0.1mi")]
    [InlineData(".5i")]
    [InlineData("1i")]
    [InlineData("-3.01i")]
    [InlineData("-3.01e-")]
    [InlineData("1e")]
    [InlineData("1K")]
    [InlineData("1m5")]
    public void An_unknown_suffix_is_named_as_the_trouble(string text)
    {
        Assert.False(Quantity.TryParse(text, out _));
        Assert.Equal("unable to parse quantity's suffix", Assert.Throws<FormatException>(() => Quantity.Parse(text)).Message);
    }

    [Theory]
    [InlineData("1", 1, 1000)]
    [InlineData("1m", 1, 1)]
    [InlineData("-1m", -1, -1)]
    [InlineData("1001m", 2, 1001)]
    [InlineData("1n", 1, 1)]
    [InlineData("1Gi", 1073741824, 1073741824000)]
    [InlineData("10E", long.MaxValue, long.MaxValue)]
    [InlineData("-10E", long.MinValue, long.MinValue)]
    public void Whole_and_thousandth_values_round_away_from_zero_and_saturate(string text, long value, long milli)
    {
        Assert.Equal((value, milli), (Quantity.Parse(text).Value, Quantity.Parse(text).MilliValue));
    }

    [Theory]
    [InlineData("1", "500m", "1500m")]
    [InlineData("1Gi", "512Mi", "1536Mi")]
    [InlineData("0", "1Gi", "1Gi")]
    [InlineData("1Gi", "1G", "2073741824")]
    [InlineData("1k", "24", "1024")]
    [InlineData("7Ei", "7Ei", "14Ei")]
    [InlineData("1Ki", "500m", "1024500m")]
    [InlineData("9223372036854775807", "1", "9223372036854775808")]
    public void A_sum_keeps_the_format_of_its_first_operand(string left, string right, string sum)
    {
        Assert.Equal(sum, (Quantity.Parse(left) + Quantity.Parse(right)).ToString());
        Assert.Equal(Quantity.Parse(left), Quantity.Parse(left) + Quantity.Parse(right) - Quantity.Parse(right));
    }

    [Fact]
    public void Equality_is_about_amounts_and_absence_is_not_zero()
    {
        Assert.Equal(Quantity.Parse("1"), Quantity.Parse("1000m"));
        Assert.Equal(Quantity.Parse("1Ki").GetHashCode(), Quantity.Parse("1024").GetHashCode());
        Assert.Equal("0", default(Quantity).ToString());
        Assert.NotEqual((Quantity?)null, Quantity.Zero);
        Assert.True(Quantity.Parse("1e9999") > Quantity.Parse("10E"));
        Assert.True(Quantity.Parse("-1e9999") < Quantity.Parse("1n"));
        Assert.Equal("64Mi", Quantity.FromBytes(64 << 20).ToString());
        Assert.Equal("250m", Quantity.FromMilli(250).ToString());
    }

    [Theory]
    [InlineData("\"500m\"", "\"500m\"")]
    [InlineData("\" 1 \"", "\"1\"")]
    [InlineData("2", "\"2\"")]
    [InlineData("0.5", "\"500m\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("null", "null")]
    public void Json_strings_and_numbers_are_read_and_strings_are_written(string json, string written)
    {
        Assert.Equal(written, JsonSerializer.Serialize(JsonSerializer.Deserialize<Quantity?>(json)));
    }

    [Fact]
    public void A_wrong_quantity_in_json_tells_upstreams_reason()
    {
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Quantity>("\"1Qi\""));
        Assert.StartsWith("quantities must match the regular expression", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Printing_and_reading_again_gives_the_same_quantity() =>
        Prop.ForAll(Quantities, quantity =>
        {
            var again = Quantity.Parse(quantity.ToString());

            // A binary amount that is no multiple of 1024 prints as plain digits, and those are read as decimal ones.
            var sameText = again.ToString() == quantity.ToString() || quantity.Format == QuantityFormat.BinarySI;
            return again == quantity && sameText && again.GetHashCode() == quantity.GetHashCode();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Arithmetic_equals_that_of_exact_fractions() =>
        Prop.ForAll(Quantities, Quantities, (left, right) =>
            Nanos(left + right) == Nanos(left) + Nanos(right)
            && Nanos(left - right) == Nanos(left) - Nanos(right)
            && Nanos(left * 3) == Nanos(left) * 3
            && Math.Sign(left.CompareTo(right)) == Nanos(left).CompareTo(Nanos(right))
            && left.Value == Saturated(RoundAway(Nanos(left), 1_000_000_000))
            && left.MilliValue == Saturated(RoundAway(Nanos(left), 1_000_000))).QuickCheckThrowOnFailure();

    private static Arbitrary<Quantity> Quantities => Arb.From(
        from digits in Gen.OneOf(
            Gen.Choose(-3000, 3000).Select(small => (long)small),
            ArbMap.Default.GeneratorFor<long>(),
            Gen.Elements(long.MaxValue, long.MinValue, 1L << 40, 1024L, -1024L))
        from scale in Gen.Choose(-9, 12)
        from format in Gen.Elements(QuantityFormat.DecimalSI, QuantityFormat.BinarySI, QuantityFormat.DecimalExponent)
        select Limited(Quantity.FromScaled(digits, scale).WithFormat(format)));

    // Reading caps binary amounts, so larger ones cannot come back.
    private static Quantity Limited(Quantity quantity) =>
        quantity.Format == QuantityFormat.BinarySI && BigInteger.Abs(Nanos(quantity)) > new BigInteger(long.MaxValue) * 1_000_000_000
            ? Quantity.FromBytes(quantity.Sign * (1L << 50))
            : quantity;

    // The twin reads only the printed text, so that it shares no arithmetic with the code it checks.
    private static BigInteger Nanos(Quantity quantity)
    {
        var text = quantity.WithFormat(QuantityFormat.DecimalExponent).ToString();
        var parts = text.Split('e');
        return BigInteger.Parse(parts[0], null) * BigInteger.Pow(10, 9 + (parts.Length > 1 ? int.Parse(parts[1], null) : 0));
    }

    private static BigInteger RoundAway(BigInteger amount, long divisor) =>
        (amount + ((divisor - 1) * amount.Sign)) / divisor;

    private static long Saturated(BigInteger amount) =>
        (long)BigInteger.Min(long.MaxValue, BigInteger.Max(long.MinValue, amount));
}
