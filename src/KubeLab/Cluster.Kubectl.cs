using KubeLab.KubectlText;
using KubeLab.KubectlText.Wire;

namespace KubeLab;

/// <content>kubectl, as it is typed on any cluster.</content>
public abstract partial class Cluster
{
    private KubectlProgram? kubectl;

    /// <summary>Runs a kubectl command and returns what kubectl 1.33 prints; commands that wait let the cluster's time pass.</summary>
    /// <param name="command">The line, for example <c>get pods -o wide</c>; a leading <c>kubectl</c> is accepted. There is no shell behind it.</param>
    /// <param name="stdin">What <c>-f -</c> reads.</param>
    /// <returns>Both streams and the exit code; a refusal by the server is an output like any other.</returns>
    /// <seealso href="https://kubernetes.io/docs/reference/kubectl/">kubectl</seealso>
    public KubectlOutput Kubectl(string command, string? stdin = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        return (kubectl ??= new(KubectlHost())).Run(command, stdin);
    }

    /// <summary>Runs <c>kubectl apply -f -</c>.</summary>
    /// <param name="yaml">One object or several, separated by <c>---</c>.</param>
    /// <exception cref="KubectlException">Something was not applied; the message is what kubectl printed.</exception>
    public KubectlOutput Apply(string yaml)
    {
        var output = Kubectl("apply -f -", yaml);
        return output.ExitCode == 0 ? output : throw new KubectlException(output);
    }

    /// <summary>How kubectl reaches this cluster.</summary>
    private protected abstract IKubectlHost KubectlHost();
}
