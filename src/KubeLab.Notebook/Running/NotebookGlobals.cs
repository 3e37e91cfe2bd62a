using System.Diagnostics.CodeAnalysis;

namespace KubeLab.Notebook.Running;

/// <summary>What every cell can call without naming a class.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "A script sees the instance members of its globals, not the static ones.")]
[SuppressMessage("Naming", "CA1708", Justification = "Both spellings are known to notebook users.")]
public sealed class NotebookGlobals
{
    /// <summary>Shows <paramref name="value"/> here and goes on; a cell may show many values. Nothing is shown for null.</summary>
    public void Display(object? value) => DisplayExtensions.Show(value);

    /// <inheritdoc cref="Display"/>
    /// <remarks>The lower-case spelling is that of .NET Interactive, and of IPython before it.</remarks>
    public void display(object? value) => DisplayExtensions.Show(value);
}
