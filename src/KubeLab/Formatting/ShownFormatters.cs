namespace KubeLab.Formatting;

/// <summary>Lists how an <see cref="IShown"/> can be shown. Notebooks find its members by their names.</summary>
internal sealed class ShownFormatters
{
    private readonly ShownFormatter[] formatters =
    [
        new("text/html", shown => shown.ToHtml()),
        new("text/plain", shown => shown.ToString()!),
    ];

    public IEnumerable<object> CreateTypeFormatters() => formatters;
}

/// <summary>Writes an <see cref="IShown"/> in one MIME type.</summary>
internal sealed class ShownFormatter(string mimeType, Func<IShown, string> write)
{
    public string MimeType => mimeType;

    public Type Type { get; } = typeof(IShown);

    /// <summary>False leaves the value to other formatters.</summary>
    public bool Format(object value, TextWriter writer)
    {
        if (value is not IShown shown)
        {
            return false;
        }

        writer.Write(write(shown));
        return true;
    }
}
