using System.Globalization;

namespace KubeLab.Charts.Drawing;

/// <summary>How values of a recorded unit are written for people: bytes as GiB, money with its currency.</summary>
/// <param name="Name">The unit as an axis title names it.</param>
/// <param name="PerUnit">How many recorded units make one written unit.</param>
internal sealed record Unit(string Name, double PerUnit)
{
    private static readonly (string Name, double Bytes)[] ByteUnits =
        [("PiB", 1L << 50), ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];

    /// <summary>The unit to write values of up to <paramref name="max"/> in.</summary>
    public static Unit For(string recorded, double max) => recorded switch
    {
        "bytes" => ForBytes(max),
        "seconds" => new Unit("s", 1),
        _ when recorded.EndsWith("/h", StringComparison.Ordinal) => new Unit($"{recorded[..^2]} per hour", 1),
        _ => new Unit(recorded, 1),
    };

    /// <summary>A recorded value as people read it, with the unit.</summary>
    public string Text(double recorded)
    {
        var number = Number(recorded);
        return number == "1" && (Name is "pods" or "cores" or "restarts" or "events") ? $"{number} {Name[..^1]}" : $"{number} {Name}";
    }

    /// <summary>A recorded value as people read it, without the unit.</summary>
    public string Number(double recorded) => Plain(recorded / PerUnit);

    /// <summary>Three significant digits, and all digits of whole numbers.</summary>
    public static string Plain(double value)
    {
        var size = Math.Abs(value);
        var format = size switch
        {
            >= 100 => "#,0",
            >= 10 => "0.#",
            >= 1 => "0.##",
            >= 0.1 or 0 => "0.###",
            >= 0.01 => "0.####",
            >= 0.001 => "0.#####",
            _ => "0.##E+0",
        };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static Unit ForBytes(double max)
    {
        foreach (var (name, bytes) in ByteUnits)
        {
            if (max >= bytes)
            {
                return new Unit(name, bytes);
            }
        }

        return new Unit("bytes", 1);
    }
}
