using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace KubeLab.Notebook.Running;

/// <summary>One compiled cell.</summary>
/// <param name="Script">The cell as the compiler holds it.</param>
/// <param name="Errors">Why it could not be compiled; empty when it could.</param>
/// <param name="Run">Runs it over the variables of all cells and gives the value of its last expression; null when there is nothing to run.</param>
/// <param name="Declares">Whether later cells can refer to something in it.</param>
internal sealed record Submission(Script<object> Script, IReadOnlyList<Diagnostic> Errors, Func<object?[], Task<object?>>? Run, bool Declares);
