namespace KubeLab.Notebook.Kernel;

/// <summary>Who wants to know when cells run, for example to look at what their variables hold in between.</summary>
/// <remarks>All calls come on the thread that works off the notebook's requests, and the next cell waits for them.</remarks>
public interface ICellObserver
{
    /// <summary>Does once what it will do when cells run, for nobody to see, so that the first real cell does not wait for it.</summary>
    /// <param name="variables">Variables of cells that nobody wrote.</param>
    void WarmUp(IReadOnlyList<(string Name, object? Value)> variables);

    /// <summary>The kernel belongs to a notebook from now on; called once, before the first cell.</summary>
    /// <param name="label">Short, and no other notebook that runs beside has it: letters, digits and dashes, or empty when it is the only one without a name.</param>
    void Begin(string label);

    /// <summary>A cell is about to run: its variables are the cell's from now on.</summary>
    void Starting();

    /// <summary>No cell runs any more.</summary>
    /// <param name="variables">All variables of the notebook in the order of their declaration; one that was declared again comes once more.</param>
    void Ended(IReadOnlyList<(string Name, object? Value)> variables);
}
