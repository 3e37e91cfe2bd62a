using System.Globalization;

namespace KubeLab.Connected;

/// <summary>Tells in a line every ten seconds how long a cell has waited; lines begin with the context in brackets.</summary>
internal sealed class WallProgress(string context, DateTimeOffset start, TextWriter output)
{
    /// <summary>The time between two lines.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly DateTimeOffset start = start;
    private DateTimeOffset told = start;

    /// <summary>Tells, if it is time to.</summary>
    public void Tell(DateTimeOffset now, string what)
    {
        if (now - told >= Period)
        {
            told = now;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{context}] {Text(now - start)} {what}"));
        }
    }

    /// <summary>A span as minutes and seconds, with hours where there are some.</summary>
    public static string Text(TimeSpan span) => span.ToString(span.TotalHours >= 1 ? @"h\:mm\:ss" : @"mm\:ss", CultureInfo.InvariantCulture);
}
