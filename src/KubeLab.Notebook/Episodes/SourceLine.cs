namespace KubeLab.Notebook.Episodes;

/// <summary>A line of an episode that remembers where it stood, also when a quote mark was taken off its front.</summary>
internal readonly record struct SourceLine(int Number, string Text)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}
