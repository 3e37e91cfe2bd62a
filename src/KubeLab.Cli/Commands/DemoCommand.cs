using System.CommandLine;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab demo NAME</c>: plays a lesson's demo on the page until Ctrl+C.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The lesson: its number (03) or its name." };
        var port = UpCommand.PortOption();
        var noOpen = UpCommand.NoOpenOption();
        var command = new Command("demo", "Plays a lesson's demo step by step at the press of a key, with your notes in a second window, until Ctrl+C.") { name, port, noOpen };
        command.SetAction((parsed, _) =>
        {
            var lab = LabFolder.Find();
            return DemoRun.RunAsync(lab, LessonCatalog.Find(lab, parsed.GetRequiredValue(name)), parsed.GetValue(port), !parsed.GetValue(noOpen));
        });
        return command;
    }
}
