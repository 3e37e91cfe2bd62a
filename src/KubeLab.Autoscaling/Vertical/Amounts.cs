namespace KubeLab.Autoscaling.Vertical;

/// <summary>Amounts of a resource in its smallest unit: thousandths of a core, or bytes. Fractions are cut off, as upstream.</summary>
internal static class Amounts
{
    /// <summary>The greatest amount.</summary>
    public const long Max = 100_000_000_000_000;

    /// <summary>The name of CPU in lists of resources.</summary>
    public const string Cpu = "cpu";

    /// <summary>The name of memory.</summary>
    public const string Memory = "memory";

    /// <summary>The amount below <paramref name="value"/>, from 0 to <see cref="Max"/>.</summary>
    public static long Of(double value) => double.IsNaN(value) || value < 0 ? 0 : value > Max ? Max : (long)value;

    /// <summary>Thousandths of a core.</summary>
    public static long OfCores(double cores) => Of(cores * 1000);

    /// <summary>An amount made greater or smaller.</summary>
    public static long Scaled(long amount, double factor) => Of(amount * factor);

    /// <summary>The next multiple of <paramref name="step"/>.</summary>
    public static long RoundedUp(long amount, long step) => step <= 1 ? amount : (amount + step - 1) / step * step;
}
