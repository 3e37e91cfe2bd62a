using System.Globalization;
using KubeLab.Charts;
using KubeLab.Quorums;

namespace KubeLab.Policies;

/// <summary>One measure over the seeds: its mean, and from where to where it goes.</summary>
/// <param name="Mean">The mean; no number when nothing was measured.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Count">Of how many seeds.</param>
public readonly record struct Band(double Mean, double Min, double Max, int Count)
{
    /// <summary>The band of values; those that are no number are left out.</summary>
    public static Band Of(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(double.IsFinite)];
        return known.Length == 0 ? new Band(double.NaN, double.NaN, double.NaN, 0) : new Band(known.Average(), known.Min(), known.Max(), known.Length);
    }

    /// <summary>The mean, and behind it the least and the greatest where there are several: <c>0.42 [0.4..0.45]</c>.</summary>
    public override string ToString() => Text("");

    /// <summary>The same with a sign: <c>+0.02 [-0.01..+0.03]</c>.</summary>
    public string Signed() => Text("+");

    internal MeasuredBand AsMeasured() => new(Mean, Min, Max);

    private string Text(string plus) => Count == 0 ? "-"
        : Count == 1 ? Number(Mean, plus)
        : $"{Number(Mean, plus)} [{Number(Min, plus)}..{Number(Max, plus)}]";

    private static string Number(double value, string plus) =>
        string.Create(CultureInfo.InvariantCulture, $"{(value > 0 ? plus : "")}{Numbers.Short(value)}");
}
