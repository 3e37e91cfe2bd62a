namespace KubeLab.KubectlText;

/// <summary>A kubectl command failed where it was meant to succeed; the message is what kubectl printed.</summary>
public sealed class KubectlException : Exception
{
    internal KubectlException(KubectlOutput output)
        : base(output.Text.TrimEnd('\n')) => Output = output;

    /// <summary>Everything that was printed.</summary>
    public KubectlOutput Output { get; }
}
