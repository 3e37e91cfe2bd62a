namespace KubeLab.Cloud.Data;

/// <summary>A file of <c>data/</c> is missing or malformed; the message names the file and the field.</summary>
public sealed class DataFileException : Exception
{
    /// <summary>Says what is wrong with a field of a file.</summary>
    /// <param name="path">The file's path below <c>data/</c>.</param>
    /// <param name="field">The field, as a JSON path; empty when the whole file is meant.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="cause">The exception behind it, if any.</param>
    public DataFileException(string path, string field, string problem, Exception? cause = null)
        : base(field.Length == 0 ? $"data/{path}: {problem}" : $"data/{path}: {field}: {problem}", cause)
    {
        Path = path;
        Field = field;
    }

    /// <summary>The file's path below <c>data/</c>.</summary>
    public string Path { get; }

    /// <summary>The field, as a JSON path such as <c>$.machines[3].per_hour</c>; empty when the whole file is meant.</summary>
    public string Field { get; }
}
