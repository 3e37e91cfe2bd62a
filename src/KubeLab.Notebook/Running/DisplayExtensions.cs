using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Rendering;

namespace KubeLab.Notebook.Running;

/// <summary>Showing as a method of every value: <c>value.Display()</c>.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows <paramref name="value"/> here and goes on.</summary>
    public static void Display(this object? value) => Show(value);

    internal static void Show(object? value)
    {
        if (value is not null)
        {
            CellSink.Current?.Add(new DisplayOutput(ValueFormatter.Format(value)));
        }
    }
}
