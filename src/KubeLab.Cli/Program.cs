using System.CommandLine;
using System.Net;
using KubeLab.Cli;
using KubeLab.Cli.Commands;
using KubeLab.Notebook.Running;

if (args is ["run", ..])
{
    // The compiler warms up on another thread while this one reads the command and the lesson.
    _ = Task.Run(ScriptSession.WarmUp);
}

var root = new RootCommand("KubeLab: learn Kubernetes by building it. Without a command it does what lab up does.")
{
    RunCommand.Create(),
    CheckCommand.Create(),
    NotebooksCommand.Create(),
    EpisodesCommand.Create(),
    ClusterCommand.Create(),
    UpCommand.Create(),
    DemoCommand.Create(),
    KernelCommand.Create(),
    BenchCommand.Create(),
    PricesCommand.Create(),
};
root.SetAction((_, _) => UpRun.RunAsync(LabFolder.Find().Root, IPAddress.Loopback, UpRun.UsualPort, opens: true));

try
{
    var wish = root.Parse(args);
    var code = await wish.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,

        // What serves takes Ctrl+C for itself: it is how it ends.
        ProcessTerminationTimeout = args is [] or ["cluster" or "up" or "demo" or "kernel", ..] ? null : TimeSpan.FromSeconds(10),
    });
    return wish.Errors.Count > 0 ? UsageException.ExitCode : code;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stopped");
    return 130;
}
catch (UsageException error)
{
    Console.Error.WriteLine(error.Message);
    return UsageException.ExitCode;
}
