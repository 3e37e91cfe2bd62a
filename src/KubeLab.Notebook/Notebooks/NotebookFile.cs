using System.Text;

namespace KubeLab.Notebook.Notebooks;

/// <summary>Notebooks as files: nbformat 4.5 in and out, laid out as Jupyter lays it out, so that differences stay readable.</summary>
/// <seealso href="https://nbformat.readthedocs.io/en/latest/format_description.html">The notebook file format</seealso>
public static class NotebookFile
{
    /// <summary>Reads the notebook at <paramref name="path"/>.</summary>
    /// <exception cref="FormatException">The file is no notebook of format 4.</exception>
    public static NotebookDocument Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (FormatException error)
        {
            throw new FormatException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Reads a notebook from its JSON text.</summary>
    /// <exception cref="FormatException">The text is no notebook of format 4.</exception>
    public static NotebookDocument Parse(string json) => NotebookReader.Read(json);

    /// <summary>Writes <paramref name="notebook"/> to <paramref name="path"/>, making the folder when it is missing.</summary>
    public static void Write(NotebookDocument notebook, string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(path, ToJson(notebook), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>The notebook as JSON text, with a line break at the end.</summary>
    public static string ToJson(NotebookDocument notebook) => NotebookWriter.Write(notebook);
}
