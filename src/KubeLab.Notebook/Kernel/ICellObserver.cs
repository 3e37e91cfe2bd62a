namespace KubeLab.Notebook.Kernel;

/// <summary>Who wants to know when cells run, for example to look at what their variables hold in between.</summary>
/// <remarks>All calls come on the thread that works off the notebook's requests, and the next cell waits for them.</remarks>
public interface ICellObserver
{
    /// <summary>Does once what it will do when cells run, for nobody to see, so that the first real cell does not wait for it.</summary>
    /// <param name="variables">Variables of cells that nobody wrote.</param>
    void WarmUp(IReadOnlyList<(string Name, object? Value)> variables);

    /// <summary>A cell is about to run: its variables are the cell's from now on.</summary>
    void Starting();

    /// <summary>No cell runs any more.</summary>
    /// <param name="variables">All variables of the notebook in the order of their declaration; one that was declared again comes once more.</param>
    void Ended(IReadOnlyList<(string Name, object? Value)> variables);
}
