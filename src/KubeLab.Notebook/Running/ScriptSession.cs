using KubeLab.Notebook.Notebooks;

namespace KubeLab.Notebook.Running;

/// <summary>One C# session: cells run in it one after the other, and each sees what those before it declared.</summary>
/// <remarks>Its twin is the C# kernel of .NET Interactive. A session is used by one caller at a time.</remarks>
public sealed class ScriptSession : IDisposable
{
    private readonly NotebookGlobals globals = new();
    private readonly Dictionary<int, string> codes = [];
    private readonly string root;

    /// <summary>Starts a session whose relative <c>#r</c> and <c>#load</c> count from <paramref name="folder"/>.</summary>
    public ScriptSession(string folder)
    {
        ConsoleCapture.Install();
        root = Path.GetFullPath(folder);
        Chain = new SubmissionChain(root, globals);
    }

    /// <summary>The cells that have run, for who completes and explains code.</summary>
    internal SubmissionChain Chain { get; }

    /// <summary>Fetches packages for <c>#r "nuget: …"</c>; null refuses them.</summary>
    internal IPackageFetcher? Packages { get; init; }

    /// <summary>How long a cell that was asked to stop may take, before it is left behind.</summary>
    internal TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Compiles and runs a small cell in a session of its own, so that the compiler is warm when the first real cell comes.
    /// </summary>
    public static void WarmUp()
    {
        using var session = new ScriptSession(AppContext.BaseDirectory);
        session.RunAsync(
            """
            record Pod(string Name, int Restarts);
            var pods = Enumerable.Range(0, 2).Select(i => new Pod($"pod-{i}", i)).ToList();
            Console.WriteLine(pods.Count);
            pods
            """,
            1,
            TimeSpan.FromSeconds(30),
            CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Runs one cell. Errors of the cell are outputs; only a cancelled token throws.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="number">The number errors name it by, counted from 1 and used once per session.</param>
    /// <param name="timeLimit">How long the code may run; compiling does not count.</param>
    /// <param name="cancellation">Stops the cell and throws.</param>
    /// <exception cref="OperationCanceledException">The run was called off.</exception>
    public async Task<IReadOnlyList<CellOutput>> RunAsync(string code, int number, TimeSpan timeLimit, CancellationToken cancellation)
    {
        var sink = new CollectingSink();
        await RunAsync(code, number, sink, timeLimit, cancellation).ConfigureAwait(false);
        return sink.Close();
    }

    /// <summary>All variables of the cells that have run, in the order of their declaration; one that was declared again comes once more.</summary>
    public IReadOnlyList<(string Name, object? Value)> Variables() => Chain.Variables();

    /// <inheritdoc/>
    public void Dispose()
    {
        // What the cells loaded is collected with the session; there is nothing to close.
    }

    /// <summary>Runs one cell into <paramref name="sink"/>, its result and error included.</summary>
    /// <exception cref="OperationCanceledException">The run was called off; see <see cref="CellInterruptedException"/>.</exception>
    internal async Task RunAsync(string code, int number, CellSink sink, TimeSpan timeLimit, CancellationToken cancellation)
    {
        try
        {
            codes[number] = code = MagicCells.ToCSharp(code);
        }
        catch (FormatException error)
        {
            sink.Add(CellError.At(number, code, 1, "Magic", error.Message));
            return;
        }

        IReadOnlyList<string> packages = [];
        if (PackageDirective.Find(code) is { } line)
        {
            try
            {
                (code, packages) = await (Packages ?? NoPackages.Instance).FetchAsync(code, cancellation).ConfigureAwait(false);
            }
            catch (PackageException error)
            {
                sink.Add(CellError.At(number, code, error.Line ?? line, "PackageReference", error.Message));
                return;
            }
        }

        var submission = Chain.Compile(code, CellError.FileOf(number), packages, cancellation);
        if (submission.Errors.Count > 0)
        {
            sink.Add(CellError.FromDiagnostics(number, code, submission.Errors));
        }
        else if (submission.Run is null)
        {
            Chain.Keep(submission);
        }
        else
        {
            await RunCompiledAsync(submission, number, sink, timeLimit, cancellation).ConfigureAwait(false);
        }
    }

    private async Task RunCompiledAsync(Submission submission, int number, CellSink sink, TimeSpan timeLimit, CancellationToken cancellation)
    {
        var thread = CellThread.Start(submission, Chain.Slots(), sink);
        try
        {
            if (await thread.Result.WaitAsync(timeLimit, cancellation).ConfigureAwait(false) is { } shown)
            {
                sink.Add(new ResultOutput(number, shown));
            }
        }
        catch (TimeoutException) when (!thread.Result.IsCompleted)
        {
            sink.Add(CellError.FromTimeLimit(number, timeLimit, await thread.StopAsync(StopPatience).ConfigureAwait(false)));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new CellInterruptedException(await thread.StopAsync(StopPatience).ConfigureAwait(false), cancellation);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            sink.Add(CellError.FromException(number, codes, error));
        }
        finally
        {
            // What a failed or interrupted cell had set before is worth keeping.
            Chain.Keep(submission);
        }
    }
}
