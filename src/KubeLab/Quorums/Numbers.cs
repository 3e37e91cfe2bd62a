using System.Globalization;

namespace KubeLab.Quorums;

/// <summary>Numbers as these tables write them.</summary>
internal static class Numbers
{
    /// <summary>About three significant digits: <c>87.6</c>, <c>2.61</c>, <c>0.0863</c>.</summary>
    public static string Short(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        var decimals = 2 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return decimals > 6
            ? value.ToString("0.##E+0", CultureInfo.InvariantCulture)
            : Math.Round(value, Math.Clamp(decimals, 0, 15)).ToString($"#,0.{new string('#', Math.Max(1, decimals))}", CultureInfo.InvariantCulture);
    }

    /// <summary>A share as per cent: <c>99</c>, <c>99.97</c>, <c>99.99901</c>.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.######", CultureInfo.InvariantCulture);
}
