using System.Text;
using KubeLab.Http.Live;
using KubeLab.Notebook.Kernel;

namespace KubeLab.Cli;

/// <summary>Lets the page beside a notebook see the clusters that the notebook's variables hold, whenever no cell runs; kubectl in a terminal too.</summary>
/// <param name="kubeconfig">The kubeconfig that they are put in meanwhile, or null.</param>
internal sealed class NotebookClusters(string? kubeconfig) : ICellObserver, IDisposable
{
    private readonly LiveClusters clusters = new(
        (name, address, token) => KernelEndpoints.Announce(InAddress(name), address, token, name),
        name => KernelEndpoints.Withdraw(InAddress(name)),
        kubeconfig);

    /// <inheritdoc/>
    public void WarmUp(IReadOnlyList<(string Name, object? Value)> variables)
    {
        using var unseen = new LiveClusters((_, _, _) => { }, _ => { });
        unseen.Release(variables);
    }

    /// <inheritdoc/>
    public void Begin(string label) => clusters.Name(label);

    /// <inheritdoc/>
    public void Starting() => clusters.Hold();

    /// <inheritdoc/>
    public void Ended(IReadOnlyList<(string Name, object? Value)> variables) => clusters.Release(variables);

    /// <inheritdoc/>
    public void Dispose() => clusters.Dispose();

    /// <summary>The variable's name where only letters, digits, dots and dashes may stand: every other byte as its number, so that two names stay two.</summary>
    private static string InAddress(string name)
    {
        var text = new StringBuilder();
        foreach (var part in Encoding.UTF8.GetBytes(name))
        {
            _ = char.IsAsciiLetterOrDigit((char)part) ? text.Append((char)part) : text.Append('-').Append(part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
