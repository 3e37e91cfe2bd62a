using KubeLab.Nodes.Images;
using KubeLab.Nodes.Programs.Shell;

namespace KubeLab.Nodes.Programs;

/// <summary>
/// What containers do, by image: programs registered from C#, those declared in <c>data/programs</c>, and a small shell for ordinary commands. An image that
/// nobody described is a server that listens on the ports its container declares.
/// </summary>
public sealed class ProgramCatalog
{
    internal const string RegistriesFile = "programs/registries.yaml";

    private readonly Dictionary<string, IProgram> registered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProgramDeclaration> declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly ProgramDeclaration unknown = new() { IsUndescribed = true, Kind = ProgramKind.Server };

    private ProgramCatalog()
    {
    }

    /// <summary>Called after each change, with how to make it in another catalog; null when nobody wants to know.</summary>
    public Action<Action<ProgramCatalog>>? Changed { get; set; }

    /// <summary>Reads the programs of <c>data/programs</c>.</summary>
    /// <exception cref="InvalidDataException">A file is not of the expected shape.</exception>
    public static ProgramCatalog Load()
    {
        var catalog = new ProgramCatalog();
        foreach (var (name, text) in EmbeddedData.Under("programs"))
        {
            if (name != RegistriesFile)
            {
                catalog.Declare(ProgramDeclaration.Read(name, text));
            }
        }

        return catalog;
    }

    /// <summary>From now on containers of <paramref name="image"/> (any tag) do what <paramref name="program"/> says, whatever their command.</summary>
    public void Register(string image, IProgram program)
    {
        registered[ImageReference.Parse(image).Name] = program;
        Changed?.Invoke(other => other.Register(image, program));
    }

    /// <summary>The same with a function, called at each start of a container.</summary>
    public void Register(string image, Func<ProgramContext, ProgramRun> start) => Register(image, new Started(start));

    /// <summary>Declares programs as YAML, in the form of <c>data/programs</c>.</summary>
    /// <exception cref="InvalidDataException">The text is not of the expected shape.</exception>
    public void Declare(string yaml)
    {
        Declare(ProgramDeclaration.Read("programs", yaml));
        Changed?.Invoke(other => other.Declare(yaml));
    }

    /// <summary>Starts the process of a container.</summary>
    /// <exception cref="ExecutableNotFoundException">The image has no such command.</exception>
    public ProgramRun Start(ProgramContext context)
    {
        var name = NameOf(context.Container.Image ?? "");
        if (registered.TryGetValue(name, out var own))
        {
            return own.Start(context);
        }

        var declaration = declared.GetValueOrDefault(name, unknown);
        if (context.Container.Command.IsEmpty && context.Container.Args.IsEmpty)
        {
            return StartOwn(declaration, context);
        }

        var words = Words(declaration, context);
        return words.Count == 0 ? StartOwn(declaration, context) : StartCommand(declaration, words, context);
    }

    // Images without an entrypoint take the arguments for their command; the others' entrypoint keeps what is no command.
    private static IReadOnlyList<string> Words(ProgramDeclaration declaration, ProgramContext context)
    {
        if (context.Command.Count > 0)
        {
            return [.. context.Command, .. context.Args];
        }

        return declaration.Kind == ProgramKind.Shell || declaration.Commands.Contains(context.Args[0]) || ShellCommands.IsShell(context.Args[0])
            ? context.Args
            : [];
    }

    private static ProgramRun StartOwn(ProgramDeclaration declaration, ProgramContext context) =>
        declaration.Kind == ProgramKind.Shell ? ShellRun.Nothing(context) : DeclaredRun.Start(declaration, context);

    private static ProgramRun StartCommand(ProgramDeclaration declaration, IReadOnlyList<string> words, ProgramContext context)
    {
        var executable = words[0][(words[0].LastIndexOf('/') + 1)..];
        if (declaration.Commands.Contains(executable) && declaration.Kind != ProgramKind.Shell)
        {
            return DeclaredRun.Start(declaration, context);
        }

        if (declaration.HasShell && (ShellCommands.IsShell(executable) || ShellCommands.IsExecutable(executable) || declaration.Commands.Contains(executable)))
        {
            return ShellRun.Start(words, context, declaration.Commands);
        }

        return declaration.IsUndescribed ? DeclaredRun.Start(declaration, context) : throw new ExecutableNotFoundException(words[0]);
    }

    private void Declare(IEnumerable<ProgramDeclaration> declarations)
    {
        foreach (var declaration in declarations)
        {
            foreach (var image in declaration.Images)
            {
                declared[ImageReference.Parse(image).Name] = declaration;
            }
        }
    }

    private string NameOf(string image)
    {
        if (!names.TryGetValue(image, out var name))
        {
            names.Add(image, name = ImageReference.Parse(image).Name);
        }

        return name;
    }

    private sealed class Started(Func<ProgramContext, ProgramRun> start) : IProgram
    {
        public ProgramRun Start(ProgramContext context) => start(context);
    }
}
