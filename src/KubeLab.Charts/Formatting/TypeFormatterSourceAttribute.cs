namespace KubeLab.Charts.Formatting;

/// <summary>Tells notebooks where the formatters of a type are.</summary>
/// <remarks>They find this attribute by its name, so no package of theirs is needed here.</remarks>
/// <seealso href="https://github.com/dotnet/interactive/blob/main/docs/formatting.md"/>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[]? PreferredMimeTypes { get; set; }
}
