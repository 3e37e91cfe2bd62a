using System.Globalization;
using System.Text;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>A description in the making: lines with tabs, indented by levels, laid out in columns at the end.</summary>
internal sealed class Description(DateTimeOffset now)
{
    private readonly StringBuilder raw = new();
    private readonly List<int> flushes = [];

    /// <summary>The cluster's time.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The text with its tabs, as <c>rollout history --revision</c> shows it.</summary>
    public string Raw => raw.ToString();

    /// <summary>Writes text at a level of two spaces each.</summary>
    public Description Write(int level, string text)
    {
        raw.Append(' ', 2 * level).Append(text);
        return this;
    }

    /// <summary>Writes a line at a level.</summary>
    public Description Line(int level, string text) => Write(level, text + "\n");

    /// <summary>Writes a name and a value.</summary>
    public Description Field(string name, string value, int level = 0) => Line(level, $"{name}:\t{value}");

    /// <summary>Writes a name and a value when there is one.</summary>
    public Description FieldIfAny(string name, string value, int level = 0) => value.Length > 0 ? Field(name, value, level) : this;

    /// <summary>Starts new columns.</summary>
    public void Flush() => flushes.Add(raw.Length);

    /// <summary>The description laid out in columns.</summary>
    public override string ToString()
    {
        var writer = TabWriter.ForDescriptions();
        var text = new StringBuilder();
        var at = 0;
        foreach (var end in flushes.Append(raw.Length))
        {
            writer.Write(raw.ToString(at, end - at));
            text.Append(writer.Take());
            at = end;
        }

        return text.ToString();
    }

    /// <summary>An instant as descriptions write it: <c>Fri, 20 Nov 2026 10:40:28 +0000</c>.</summary>
    public static string Date(Json time) => (time.Time ?? DateTimeOffset.MinValue).ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary>How long ago an instant was.</summary>
    public string Since(Json time) => time.Time is { } then ? Api.HumanDuration.Format(Now - then) : "<unknown>";
}
