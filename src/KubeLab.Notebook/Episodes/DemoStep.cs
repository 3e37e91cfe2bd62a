namespace KubeLab.Notebook.Episodes;

/// <summary>One step of a demo: what the instructor says, and what is run before the room's eyes.</summary>
/// <param name="Title">What the room reads above it.</param>
/// <param name="Notes">What the instructor says, as markdown; empty when the step speaks for itself.</param>
/// <param name="Code">What is run, C# or kubectl lines; null when the step is only talked about.</param>
public sealed record DemoStep(string Title, string Notes, CodeFence? Code);
