namespace KubeLab.Http.Tests.Kubectl;

/// <summary>A step that two clusters make side by side: a command, or time that passes.</summary>
/// <param name="Line">The command without the word kubectl.</param>
/// <param name="Input">What it reads, or null.</param>
/// <param name="Advance">How much time passes instead, or null.</param>
internal sealed record TextStep(string Line, string? Input, TimeSpan? Advance);
