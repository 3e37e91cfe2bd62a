using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Rendering;

namespace KubeLab.Notebook.Running;

/// <summary>A thread for one cell, which can be stopped from outside as far as the runtime allows.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A thread that was given up may still look at its token.")]
internal sealed class CellThread
{
    private static readonly TimeSpan Nudge = TimeSpan.FromMilliseconds(100);
    private readonly TaskCompletionSource<MimeBundle?> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stop = new();
    private readonly Thread thread;

    private CellThread(Submission submission, object?[] slots, CellSink sink)
    {
        thread = new Thread(() => Run(submission, slots, sink), maxStackSize: 16 << 20) { IsBackground = true, Name = "notebook cell" };
    }

    /// <summary>What the cell's value looks like, null for no value; fails with what the cell threw.</summary>
    public Task<MimeBundle?> Result => result.Task;

    public static CellThread Start(Submission submission, object?[] slots, CellSink sink)
    {
        var cell = new CellThread(submission, slots, sink);
        cell.thread.Start();
        return cell;
    }

    /// <summary>Stops the thread; false when it could not be stopped in that time and is left behind.</summary>
    public async Task<bool> StopAsync(TimeSpan patience)
    {
        // Cancelling blocks until the thread has reacted, which a thread that waits never does: another thread must wait for it.
        _ = Task.Run(stop.Cancel);
        for (var waited = TimeSpan.Zero; waited < patience; waited += Nudge)
        {
            if (await HasEndedAsync().ConfigureAwait(false))
            {
                return true;
            }

            // A thread that sleeps or waits does not notice the request to stop, but it can be woken.
            thread.Interrupt();
        }

        return await HasEndedAsync().ConfigureAwait(false);
    }

    private async Task<bool> HasEndedAsync()
    {
        try
        {
            await Result.WaitAsync(Nudge).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!Result.IsCompleted)
        {
            return false;
        }
        catch (Exception)
        {
            // However the cell ended, it has.
        }

        return true;
    }

    private void Run(Submission submission, object?[] slots, CellSink sink)
    {
        CellSink.Current = sink;
        try
        {
            MimeBundle? shown = null;

            // The only way to end a loop that never looks at a token. The runtime marks it as obsolete because it may stop code
            // anywhere; what it stops here is a learner's cell.
#pragma warning disable SYSLIB0046
            ControlledExecution.Run(() => shown = ShownValue(submission, slots), stop.Token);
#pragma warning restore SYSLIB0046
            result.TrySetResult(shown);
        }
        catch (Exception error)
        {
            result.TrySetException(error);
        }
    }

    /// <summary>Showing a value may run the learner's code too (a lazy query, a ToString): it belongs to the cell.</summary>
    private static MimeBundle? ShownValue(Submission submission, object?[] slots) =>
        submission.Run!(slots).GetAwaiter().GetResult() is { } value and not DisplayedValue ? ValueFormatter.Format(value) : null;
}
