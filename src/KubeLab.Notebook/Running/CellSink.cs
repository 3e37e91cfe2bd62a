using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Running;

/// <summary>
/// Takes what a running cell shows, in order. A cell may write from several threads, and may go on writing after it was given up.
/// </summary>
internal abstract class CellSink
{
    private static readonly AsyncLocal<CellSink?> Flowing = new();

    /// <summary>The sink of the cell that this code runs for, or null outside of cells.</summary>
    public static CellSink? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>Takes text of the stream <paramref name="name"/>: <c>stdout</c> or <c>stderr</c>.</summary>
    public abstract void Write(string name, ReadOnlySpan<char> written);

    public abstract void Add(CellOutput output);

    /// <summary>Shows something else in the place of an earlier display with the same id.</summary>
    public abstract void Update(DisplayOutput output);

    /// <summary>Takes back what the cell has shown so far; with <paramref name="wait"/> when the next output comes.</summary>
    public abstract void Clear(bool wait);

    /// <summary>Asks the person at the front end; null when there is nobody to ask.</summary>
    public virtual string? Ask(string prompt, bool isPassword) => null;
}
