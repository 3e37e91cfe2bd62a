using System.CommandLine;
using KubeLab.Notebook.Kernel;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab kernel</c>: the process that runs one notebook's cells. Only the server of <c>lab up</c> starts it.</summary>
internal static class KernelCommand
{
    /// <summary>What a first cell of a lesson does, so that it finds the compiler and the simulator warm.</summary>
    private static readonly string[] WarmUp =
    [
        """
        record Warm(string Name, int Restarts);
        var rows = Enumerable.Range(0, 2).Select(i => new Warm($"pod-{i}", i)).ToList();
        Console.WriteLine(rows.Count);
        rows
        """,
        """
        #r "KubeLab.dll"
        using KubeLab;
        var cluster = Lab.Open(seed: 1);
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", machine: "e2-standard-4", count: 1);
        cluster.Kubectl("get nodes")
        """,
        """
        cluster.RunFor(60);
        cluster.Charts.Utilisation()
        """,
    ];

    public static Command Create()
    {
        var pipe = new Argument<string>("PIPE") { Description = "The pipe that the server listens on." };
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "The kubeconfig that the notebook's clusters are put in." };
        var command = new Command("kernel", "Runs the cells of one notebook; started by lab up.") { pipe, kubeconfig };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            using var clusters = new NotebookClusters(parsed.GetValue(kubeconfig));
            return KernelProgram.Run(parsed.GetRequiredValue(pipe), clusters, WarmUp);
        });
        return command;
    }
}
