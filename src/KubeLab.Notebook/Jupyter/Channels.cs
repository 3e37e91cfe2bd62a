namespace KubeLab.Notebook.Jupyter;

/// <summary>The channels of Jupyter's messages, and the lab's own between server and kernel.</summary>
/// <seealso href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#introduction">Messaging in Jupyter</seealso>
internal static class Channels
{
    /// <summary>Requests that wait for their turn, and their replies.</summary>
    public const string Shell = "shell";

    /// <summary>Requests that do not wait, and their replies.</summary>
    public const string Control = "control";

    /// <summary>The kernel asks a person.</summary>
    public const string Stdin = "stdin";

    /// <summary>What everybody who looks on sees.</summary>
    public const string IOPub = "iopub";

    /// <summary>Between the lab's server and its kernel; never reaches a client.</summary>
    public const string Lab = "lab";
}
