using System.CommandLine;
using KubeLab.Notebook.Notebooks;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab notebooks build</c>: writes <c>notebooks/NN-slug.ipynb</c> for every episode.</summary>
internal static class NotebooksBuildCommand
{
    public static Command Create()
    {
        var command = new Command("build", "Writes notebooks/NN-slug.ipynb for every episode.");
        command.SetAction(_ => Run(LabFolder.Find()));
        return command;
    }

    private static int Run(LabFolder lab)
    {
        foreach (var lesson in LessonCatalog.All(lab).Where(lesson => lesson.Episode is not null))
        {
            var path = Path.Combine(lab.Notebooks, lesson.Name + ".ipynb");
            var json = NotebookFile.ToJson(lesson.Build(includeSolutions: false));
            var isNew = !File.Exists(path) || File.ReadAllText(path) != json;
            if (isNew)
            {
                Directory.CreateDirectory(lab.Notebooks);
                File.WriteAllText(path, json);
            }

            Console.WriteLine($"{(isNew ? "written " : "as it was")} {LabFolder.Shown(path)}");
        }

        return 0;
    }
}
