using System.CommandLine;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab notebooks verify</c>: fails when a notebook is not what its episode says.</summary>
internal static class NotebooksVerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "Exits with 1 and names what differs when a notebook is not what its episode says.");
        command.SetAction(_ => Run(LabFolder.Find()));
        return command;
    }

    private static int Run(LabFolder lab)
    {
        var differences = LessonCatalog.All(lab).SelectMany(Differences).ToList();
        differences.ForEach(Console.Error.WriteLine);
        if (differences.Count > 0)
        {
            Console.Error.WriteLine("Run 'lab notebooks build' and commit what it writes.");
        }

        return differences.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Differences(Lesson lesson)
    {
        if (lesson.Episode is null)
        {
            yield return $"notebooks/{lesson.Name}.ipynb: has no episode; write episodes/{lesson.Name}.md or delete it";
        }
        else if (lesson.Notebook is null)
        {
            yield return $"notebooks/{lesson.Name}.ipynb: is missing";
        }
        else
        {
            var expected = lesson.Build(includeSolutions: false);
            var text = File.ReadAllText(lesson.Notebook).ReplaceLineEndings("\n");
            if (text != NotebookFile.ToJson(expected))
            {
                yield return $"notebooks/{lesson.Name}.ipynb: {Where(expected, NotebookFile.Read(lesson.Notebook))}";
            }
        }
    }

    private static string Where(NotebookDocument expected, NotebookDocument actual)
    {
        for (var i = 0; i < Math.Min(expected.Cells.Length, actual.Cells.Length); i++)
        {
            if (expected.Cells[i].Source != actual.Cells[i].Source)
            {
                var line = expected.Cells[i].Source.Split('\n').Zip(actual.Cells[i].Source.Split('\n'))
                    .FirstOrDefault(pair => pair.First != pair.Second);
                return $"cell {i + 1} differs: the episode says '{line.First}', the notebook '{line.Second}'";
            }
        }

        return expected.Cells.Length != actual.Cells.Length
            ? $"has {actual.Cells.Length} cells, the episode gives {expected.Cells.Length}"
            : "differs in outputs, ids or metadata";
    }
}
