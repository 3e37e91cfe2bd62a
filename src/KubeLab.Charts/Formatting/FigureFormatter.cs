namespace KubeLab.Charts.Formatting;

/// <summary>Writes figures in one MIME type. Notebooks find its members by their names, so they are public.</summary>
internal sealed class FigureFormatter(string mimeType, Action<Figure, TextWriter> write)
{
    public string MimeType => mimeType;

    public Type Type { get; } = typeof(Figure);

    /// <summary>False leaves the value to other formatters.</summary>
    public bool Format(object value, TextWriter writer)
    {
        if (value is not Figure figure)
        {
            return false;
        }

        write(figure, writer);
        return true;
    }
}
