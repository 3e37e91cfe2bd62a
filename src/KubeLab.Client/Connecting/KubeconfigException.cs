namespace KubeLab.Client.Connecting;

/// <summary>A kubeconfig cannot be used; the message names the file and the field, and says what would help. It never holds a secret.</summary>
public sealed class KubeconfigException(string file, string field, string problem, Exception? inner = null)
    : Exception(field.Length == 0 ? $"{file}: {problem}" : $"{file}: {field}: {problem}", inner)
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>The field, for example <c>users[dev].client-key</c>; empty when it is the whole file.</summary>
    public string Field { get; } = field;

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; } = problem;
}
