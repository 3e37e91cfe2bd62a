namespace KubeLab.Formatting;

/// <summary>Says how a type can be shown. Notebooks find it by its name, so it needs no reference to any of them.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A type with a public parameterless constructor and <c>CreateTypeFormatters</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>MIME types, the most wanted first.</summary>
    public string[]? PreferredMimeTypes { get; set; }
}
