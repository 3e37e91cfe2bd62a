using System.Globalization;

namespace KubeLab.Notebook.Jupyter;

/// <summary>Times as Jupyter's servers read them: six decimals, for with seven a gateway client takes the kernel for culled.</summary>
internal static class JupyterTime
{
    private const string Form = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
