using System.CommandLine;
using KubeLab.Cli;
using KubeLab.Cli.Commands;
using KubeLab.Notebook.Running;

if (args is [] or ["run", ..])
{
    // The compiler warms up on another thread while this one reads the command and the lesson.
    _ = Task.Run(ScriptSession.WarmUp);
}

var root = new RootCommand("KubeLab: learn Kubernetes by building it. Without a command it runs the first lesson and opens its report.")
{
    RunCommand.Create(),
    NotebooksCommand.Create(),
    EpisodesCommand.Create(),
    ClusterCommand.Create(),
    BenchCommand.Create(),
};
root.SetAction((_, cancellation) => StartCommand.RunAsync(cancellation));

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
    });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stopped");
    return 130;
}
catch (UsageException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
