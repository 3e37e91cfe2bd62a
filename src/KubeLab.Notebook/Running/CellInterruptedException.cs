namespace KubeLab.Notebook.Running;

/// <summary>The cell was interrupted from outside.</summary>
/// <param name="hasStopped">False when a part of it goes on in the background, because it could not be stopped.</param>
/// <param name="cancellation">Who interrupted.</param>
internal sealed class CellInterruptedException(bool hasStopped, CancellationToken cancellation)
    : OperationCanceledException("the cell was interrupted", cancellation)
{
    public bool HasStopped => hasStopped;
}
