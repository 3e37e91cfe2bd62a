using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Notebook.Jupyter;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Running;

namespace KubeLab.Notebook.Kernel;

/// <summary>Runs cells for <c>execute_request</c>.</summary>
/// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#execute">Execute in Jupyter</seealso>
[SuppressMessage("Design", "CA1001", Justification = "The source belongs to the method that runs the cell.")]
internal sealed class CellExecution(ScriptSession cells, KernelInput input, ICellObserver? observer)
{
    private readonly Lock gate = new();
    private readonly MemoryWatch memory = new();
    private CancellationTokenSource? running;
    private bool isLeftBehind;

    /// <summary>The number of the last cell that was counted.</summary>
    public int Count { get; private set; }

    /// <summary>What was run so far.</summary>
    public CellHistory History { get; } = new();

    public CellEnd Run(KernelSession session, JupyterMessage request)
    {
        var content = request.Content;
        var code = content.Text("code") ?? "";
        var isSilent = content.Flag("silent", false);
        var isCounted = !isSilent && content.Flag("store_history", true);
        var number = Count + 1;
        if (isCounted)
        {
            Count = number;
            History.Add(number, code);
        }

        if (!isSilent)
        {
            session.Publish("execute_input", request.Header, new JsonObject { ["code"] = code, ["execution_count"] = number });
        }

        using var interrupt = Begin();
        using var sink = new LiveSink(session, request.Header, isSilent, Asks(content.Flag("allow_stdin", false), request.Header, interrupt.Token));
        Observe(session, request.Header, o => o.Starting());
        RunCell(code, number, sink, interrupt.Token);
        End();
        sink.Close();
        if (memory.Warning(cells.Chain.Length) is { } warning && !isSilent)
        {
            Warn(session, request.Header, warning);
        }

        var end = sink.Error is { } error
            ? new CellEnd(ErrorReply(error, number), content.Flag("stop_on_error", true))
            : new CellEnd(OkReply(content, number), AbortsOthers: false);

        // A cell that could not be stopped still has its variables.
        if (!isLeftBehind)
        {
            Observe(session, request.Header, o => o.Ended(cells.Variables()));
        }

        return end;
    }

    /// <summary>Interrupts the running cell, if one runs.</summary>
    public void Interrupt()
    {
        lock (gate)
        {
            running?.Cancel();
        }
    }

    private void RunCell(string code, int number, LiveSink sink, CancellationToken interrupted)
    {
        isLeftBehind = false;
        try
        {
            cells.RunAsync(code, number, sink, Timeout.InfiniteTimeSpan, interrupted).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException error) when (interrupted.IsCancellationRequested)
        {
            isLeftBehind = error is CellInterruptedException { HasStopped: false };
            sink.Add(CellError.FromInterrupt(number, !isLeftBehind));
        }
        catch (Exception error)
        {
            sink.Add(CellError.FromException(number, new Dictionary<int, string> { [number] = code }, error));
        }
    }

    /// <summary>Whoever looks on must not cost the learner the cell.</summary>
    private void Observe(KernelSession session, JsonElement parent, Action<ICellObserver> tell)
    {
        try
        {
            if (observer is not null)
            {
                tell(observer);
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Warn(session, parent, $"the page cannot show this notebook's clusters: {error.Message}\n");
        }
    }

    private static void Warn(KernelSession session, JsonElement parent, string text) =>
        session.Publish("stream", parent, new JsonObject { ["name"] = "stderr", ["text"] = text });

    private Func<string, bool, string?> Asks(bool isAllowed, JsonElement parent, CancellationToken interrupted) =>
        (prompt, isPassword) => isAllowed ? input.Ask(parent, prompt, isPassword, interrupted) : null;

    private JsonObject OkReply(JsonElement request, int number)
    {
        var expressions = new JsonObject();
        if (request.Get("user_expressions") is { ValueKind: JsonValueKind.Object } wanted)
        {
            foreach (var expression in wanted.EnumerateObject())
            {
                expressions[expression.Name] = Evaluate(expression.Value.ToString(), number);
            }
        }

        return new JsonObject { ["status"] = "ok", ["execution_count"] = number, ["payload"] = new JsonArray(), ["user_expressions"] = expressions };
    }

    private JsonObject Evaluate(string expression, int number)
    {
        using var interrupt = Begin();
        try
        {
            var outputs = cells.RunAsync(expression, number, Timeout.InfiniteTimeSpan, interrupt.Token).GetAwaiter().GetResult();
            return outputs.OfType<ErrorOutput>().FirstOrDefault() is { } error
                ? ErrorReply(error, null)
                : new JsonObject
                {
                    ["status"] = "ok",
                    ["data"] = outputs.OfType<ResultOutput>().FirstOrDefault() is { } value ? OutputContent.Data(value.Data) : new JsonObject(),
                    ["metadata"] = new JsonObject(),
                };
        }
        catch (OperationCanceledException)
        {
            return ErrorReply(CellError.FromInterrupt(number, hasStopped: true), null);
        }
        finally
        {
            End();
        }
    }

    private static JsonObject ErrorReply(ErrorOutput error, int? number)
    {
        var reply = OutputContent.Error(error);
        reply["status"] = "error";
        if (number is not null)
        {
            reply["execution_count"] = number;
        }

        return reply;
    }

    private CancellationTokenSource Begin()
    {
        lock (gate)
        {
            return running = new CancellationTokenSource();
        }
    }

    private void End()
    {
        lock (gate)
        {
            running = null;
        }
    }
}

/// <summary>How a cell ended.</summary>
/// <param name="Reply">The content of the reply.</param>
/// <param name="AbortsOthers">Whether cells that wait must not run any more.</param>
internal sealed record CellEnd(JsonObject Reply, bool AbortsOthers);
