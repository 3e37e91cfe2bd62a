using System.Runtime;
using System.Text;
using KubeLab.Notebook.Notebooks;
using KubeLab.Notebook.Rendering;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace KubeLab.Notebook.Running;

/// <summary>One C# session: cells run in it one after the other, and each sees what those before it declared.</summary>
/// <remarks>Its twin is the C# kernel of .NET Interactive. A session is used by one caller at a time.</remarks>
public sealed class ScriptSession : IDisposable
{
    /// <summary>The namespaces that .NET Interactive opens too, so that a cell which works here works there.</summary>
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(DisplayExtensions).FullName!,
    ];

    /// <summary>This assembly, whose globals and extensions every cell sees.</summary>
    private static readonly MetadataReference Own = MetadataReference.CreateFromFile(typeof(ScriptSession).Assembly.Location);

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);
    private readonly InteractiveAssemblyLoader loader = new();
    private readonly NotebookGlobals globals = new();
    private readonly Dictionary<int, string> codes = [];
    private readonly ScriptOptions options;
    private ScriptState<object>? state;

    /// <summary>Starts a session whose relative <c>#r</c> and <c>#load</c> count from <paramref name="folder"/>.</summary>
    public ScriptSession(string folder)
    {
        ConsoleCapture.Install();
        var root = Path.GetFullPath(folder);
        loader.RegisterDependency(typeof(ScriptSession).Assembly);
        options = ScriptOptions.Default
            .WithReferences([.. HostAssemblies.FrameworkReferences(), Own])
            .WithImports(Imports)
            .WithMetadataResolver(new HostFirstResolver(root, loader))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(root))
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithAllowUnsafe(true);
    }

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
        codes[number] = code;
        var sink = new CellSink();
        if (PackageDirective.Find(code) is { } line)
        {
            sink.Add(CellError.At(number, code, line, "PackageReference", PackageDirective.Refusal));
            return sink.Close();
        }

        var script = Next(code, number);
        var errors = script.Compile(cancellation).Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            sink.Add(CellError.FromDiagnostics(number, code, errors));
            return sink.Close();
        }

        await RunCompiledAsync(script, number, sink, timeLimit, cancellation).ConfigureAwait(false);
        return sink.Close();
    }

    /// <inheritdoc/>
    public void Dispose() => loader.Dispose();

    private Script<object> Next(string code, int number)
    {
        var file = CellError.FileOf(number);

        // References and imports are inherited from the cells before; given again they would be resolved again.
        var later = options.WithReferences(Array.Empty<MetadataReference>()).WithImports(Array.Empty<string>());
        return state is null
            ? CSharpScript.Create<object>(code, options.WithFilePath(file), typeof(NotebookGlobals), loader)
            : state.Script.ContinueWith<object>(code, later.WithFilePath(file));
    }

    private async Task RunCompiledAsync(
        Script<object> script, int number, CellSink sink, TimeSpan timeLimit, CancellationToken cancellation)
    {
        // The source is not disposed: a thread that was given up may still look at its token.
        var stop = new CancellationTokenSource();
        var run = StartThread(script, sink, stop.Token);
        try
        {
            var next = await run.WaitAsync(timeLimit, cancellation).ConfigureAwait(false);
            state = next;
            if (next.Exception is { } error)
            {
                sink.Add(CellError.FromException(number, codes, error));
            }
            else if (next.ReturnValue is { } value)
            {
                sink.Add(new ResultOutput(number, Shown(value, sink)));
            }
        }
        catch (TimeoutException) when (!run.IsCompleted)
        {
            sink.Add(CellError.FromTimeLimit(number, timeLimit, await StopAsync(run, stop).ConfigureAwait(false)));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await StopAsync(run, stop).ConfigureAwait(false);
            throw;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            sink.Add(CellError.FromException(number, codes, error));
        }
    }

    /// <summary>
    /// Showing a value may run the learner's code too (a lazy query, a ToString), and what that prints belongs to the cell.
    /// </summary>
    private static MimeBundle Shown(object value, CellSink sink)
    {
        CellSink.Current = sink;
        try
        {
            return ValueFormatter.Format(value);
        }
        finally
        {
            CellSink.Current = null;
        }
    }

    private Task<ScriptState<object>> StartThread(Script<object> script, CellSink sink, CancellationToken stop)
    {
        var result = new TaskCompletionSource<ScriptState<object>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var previous = state;
        var thread = new Thread(Run, maxStackSize: 16 << 20) { IsBackground = true, Name = "notebook cell" };
        thread.Start();
        return result.Task;

        void Run()
        {
            CellSink.Current = sink;
            try
            {
                ScriptState<object>? next = null;

                // The only way to end a loop that never looks at a token. The runtime marks it as obsolete because it may stop code
                // anywhere; what it stops here is a learner's cell, after which the run ends.
#pragma warning disable SYSLIB0046
                ControlledExecution.Run(() => next = Await(script, previous), stop);
#pragma warning restore SYSLIB0046
                result.TrySetResult(next!);
            }
            catch (Exception error)
            {
                result.TrySetException(error);
            }
        }
    }

    private ScriptState<object> Await(Script<object> script, ScriptState<object>? previous) =>
        (previous is null
            ? script.RunAsync(globals, _ => true, CancellationToken.None)
            : script.RunFromAsync(previous, _ => true, CancellationToken.None)).GetAwaiter().GetResult();

    /// <summary>Stops the cell's thread; false when it waits for something and could not be stopped.</summary>
    private static async Task<bool> StopAsync(Task run, CancellationTokenSource stop)
    {
        // Cancelling blocks until the thread has reacted, which a thread that waits never does: another thread must wait for it.
        _ = Task.Run(stop.Cancel);
        try
        {
            await run.WaitAsync(StopPatience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (Exception)
        {
            // However the cell ended, it has.
        }

        return true;
    }
}
