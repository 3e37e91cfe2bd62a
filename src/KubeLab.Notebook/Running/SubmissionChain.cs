using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;

namespace KubeLab.Notebook.Running;

/// <summary>The cells that have run, as the compiler sees them: each refers to the one before it that declared something.</summary>
/// <remarks>
/// Roslyn's own scripting keeps every cell, its compilation and its assembly for good, and grows faster than linearly. Here a cell that
/// declares nothing leaves no link in the chain, and every cell's assembly can be collected.
/// </remarks>
internal sealed class SubmissionChain
{
    /// <summary>The namespaces that .NET Interactive opens too, so that a cell which works here works there.</summary>
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(DisplayExtensions).FullName!,
    ];

    /// <summary>This assembly, whose globals and extensions every cell sees.</summary>
    private static readonly MetadataReference Own = MetadataReference.CreateFromFile(
        typeof(ScriptSession).Assembly.Location, documentation: HostAssemblies.DocumentationOf(typeof(ScriptSession).Assembly.Location));

    private readonly Dictionary<string, WeakReference<Assembly>> cells = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> files = new(StringComparer.OrdinalIgnoreCase);
    private readonly ScriptOptions options;
    private Script<object>? last;
    private object?[] slots;
    private int used;

    public SubmissionChain(string folder, object globals)
    {
        slots = [globals, .. new object?[15]];
        options = ScriptOptions.Default
            .WithReferences([.. HostAssemblies.FrameworkReferences(), Own])
            .WithImports(Imports)
            .WithMetadataResolver(new HostFirstResolver(folder))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder))
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithAllowUnsafe(true);
    }

    /// <summary>How many cells the next one is compiled against.</summary>
    public int Length { get; private set; }

    /// <summary>The compilation of a cell that would come next.</summary>
    public Compilation Look(string code) => Next(code, "look.csx", []).GetCompilation();

    /// <summary>Compiles a cell that comes next; it is not part of the chain before <see cref="Keep"/>.</summary>
    public Submission Compile(string code, string file, IReadOnlyList<string> packages, CancellationToken cancellation)
    {
        var script = Next(code, file, packages);
        var compilation = script.GetCompilation();
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var options = new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb);
        var emitted = compilation.Emit(assembly, symbols, options: options, cancellationToken: cancellation);
        var errors = emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (!emitted.Success)
        {
            return new Submission(script, errors, null, false);
        }

        Remember(compilation);
        assembly.Position = symbols.Position = 0;
        var entry = compilation.GetEntryPoint(cancellation);
        var loaded = new CellLoadContext(this, compilation.AssemblyName!).LoadFromStream(assembly, symbols);
        cells[compilation.AssemblyName!] = new WeakReference<Assembly>(loaded);
        var method = entry is null
            ? null
            : loaded.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
                .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        return new Submission(script, [], method?.CreateDelegate<Func<object?[], Task<object?>>>(), Declares(compilation));
    }

    /// <summary>The variables of all cells, with room for those of the next.</summary>
    public object?[] Slots()
    {
        if (used + 2 > slots.Length)
        {
            Array.Resize(ref slots, slots.Length * 2);
        }

        Array.Clear(slots, used + 1, slots.Length - used - 1);
        return slots;
    }

    /// <summary>What the cells have declared, with the values of now. The compiler's own fields have names that no variable can have.</summary>
    public IReadOnlyList<(string Name, object? Value)> Variables() =>
        [.. slots.Skip(1).Take(used).OfType<object>().SelectMany(cell => cell.GetType()
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(field => !field.Name.StartsWith('<'))
            .Select(field => (field.Name, field.GetValue(cell))))];

    /// <summary>Makes a cell that ran, to its end or not, visible to the next ones.</summary>
    public void Keep(Submission submission)
    {
        if (submission.Declares)
        {
            last = submission.Script;
            used += slots[used + 1] is null ? 0 : 1;
            Length++;
        }
        else
        {
            slots[used + 1] = null;
        }
    }

    /// <summary>The assembly of that simple name as cells must see it, or null.</summary>
    public Assembly? Resolve(string name)
    {
        if (cells.TryGetValue(name, out var cell) && cell.TryGetTarget(out var assembly))
        {
            return assembly;
        }

        return HostAssemblies.Find(name)
            ?? (files.TryGetValue(name, out var path) && File.Exists(path) ? AssemblyLoadContext.Default.LoadFromAssemblyPath(path) : null);
    }

    private Script<object> Next(string code, string file, IReadOnlyList<string> packages)
    {
        var own = options.WithFilePath(file);
        if (last is null)
        {
            return CSharpScript.Create<object>(code, own.AddReferences(packages.Select(p => MetadataReference.CreateFromFile(p))), typeof(NotebookGlobals));
        }

        // References and imports are inherited from the cells before; given again they would be resolved again.
        return last.ContinueWith<object>(code, own
            .WithReferences(packages.Select(p => MetadataReference.CreateFromFile(p))).WithImports(Array.Empty<string>()));
    }

    /// <summary>Files that cells reference, and those that lie beside them, are loaded when a cell first needs them.</summary>
    private void Remember(Compilation compilation)
    {
        foreach (var path in compilation.References.OfType<PortableExecutableReference>().Concat(compilation.DirectiveReferences.OfType<PortableExecutableReference>())
            .Select(reference => reference.FilePath).OfType<string>())
        {
            if (files.TryAdd(Path.GetFileNameWithoutExtension(path), path) && HostAssemblies.Find(Path.GetFileNameWithoutExtension(path)) is null)
            {
                foreach (var neighbour in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.dll"))
                {
                    files.TryAdd(Path.GetFileNameWithoutExtension(neighbour), neighbour);
                }
            }
        }
    }

    private static bool Declares(Compilation compilation)
    {
        var root = (CompilationUnitSyntax)compilation.SyntaxTrees.Last().GetRoot();
        return root.Usings.Count > 0 || root.Externs.Count > 0 || root.GetReferenceDirectives().Count > 0 || root.GetLoadDirectives().Count > 0
            || compilation.References.Count() > compilation.ScriptCompilationInfo?.PreviousScriptCompilation?.References.Count()
            || compilation.ScriptClass is { } script && script.GetMembers().Any(m => m.CanBeReferencedByName && !m.IsImplicitlyDeclared)
            || compilation.ScriptCompilationInfo?.PreviousScriptCompilation is null;
    }
}
