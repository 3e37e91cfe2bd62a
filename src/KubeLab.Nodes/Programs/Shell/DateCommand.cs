using System.Globalization;
using System.Text;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary><c>date</c>, in virtual time and UTC.</summary>
internal static class DateCommand
{
    public static TimeSpan Run(ShellProcess process, List<string> words)
    {
        var format = words.Find(w => w.StartsWith('+'))?[1..];
        format ??= words.Exists(w => w.StartsWith("-I", StringComparison.Ordinal)) ? "%Y-%m-%dT%H:%M:%S+00:00" : "%a %b %e %H:%M:%S UTC %Y";
        process.Write(Write(process.Wall, format) + "\n");
        return ShellCommands.Done(process, 0);
    }

    private static string Write(DateTimeOffset at, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            text.Append(Field(at, format[++i]));
        }

        return text.ToString();
    }

    private static string Field(DateTimeOffset at, char letter) => letter switch
    {
        'Y' => at.ToString("yyyy", CultureInfo.InvariantCulture),
        'm' => at.ToString("MM", CultureInfo.InvariantCulture),
        'd' => at.ToString("dd", CultureInfo.InvariantCulture),
        'e' => at.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'H' => at.ToString("HH", CultureInfo.InvariantCulture),
        'M' => at.ToString("mm", CultureInfo.InvariantCulture),
        'S' => at.ToString("ss", CultureInfo.InvariantCulture),
        'N' => at.ToString("fffffff00", CultureInfo.InvariantCulture),
        'F' => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        'T' => at.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        'a' => at.ToString("ddd", CultureInfo.InvariantCulture),
        'b' => at.ToString("MMM", CultureInfo.InvariantCulture),
        's' => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'Z' => "UTC",
        'z' => "+0000",
        _ => letter.ToString(),
    };
}
