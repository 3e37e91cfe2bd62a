using System.Diagnostics.CodeAnalysis;

namespace KubeLab.Notebook.Running;

/// <summary>What every cell can call without naming a class.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "A script sees the instance members of its globals, not the static ones.")]
[SuppressMessage("Naming", "CA1708", Justification = "Both spellings are known to notebook users.")]
public sealed class NotebookGlobals
{
    /// <summary>
    /// Shows <paramref name="value"/> here and goes on; a cell may show many values. Nothing is shown for null. The answer can replace it.
    /// </summary>
    public DisplayedValue Display(object? value) => DisplayExtensions.Show(value, null);

    /// <inheritdoc cref="Display"/>
    /// <remarks>The lower-case spelling is that of .NET Interactive, and of IPython before it.</remarks>
    public DisplayedValue display(object? value) => DisplayExtensions.Show(value, null);

    /// <summary>Takes back what the cell has shown so far; with <paramref name="wait"/> when the next output comes, so that nothing flickers.</summary>
    public void ClearOutput(bool wait = false) => CellSink.Current?.Clear(wait);

    /// <summary>Asks the person at the notebook for a line of text.</summary>
    /// <exception cref="InvalidOperationException">Nobody can be asked here, for example in <c>lab run</c>.</exception>
    public string Input(string prompt = "") => Ask(prompt, isPassword: false);

    /// <summary>Asks for a line of text that is not shown while it is typed.</summary>
    /// <exception cref="InvalidOperationException">Nobody can be asked here, for example in <c>lab run</c>.</exception>
    public string Password(string prompt = "") => Ask(prompt, isPassword: true);

    private static string Ask(string prompt, bool isPassword) =>
        CellSink.Current?.Ask(prompt, isPassword) ?? throw new InvalidOperationException("nobody can be asked here: this run takes no input");
}
