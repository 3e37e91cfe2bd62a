using System.Reflection;
using System.Runtime.Loader;

namespace KubeLab.Notebook.Running;

/// <summary>
/// Where one cell's code lives. It can be collected: once no later cell, value or thread refers to it, its memory returns.
/// </summary>
internal sealed class CellLoadContext(SubmissionChain chain, string name) : AssemblyLoadContext(name, isCollectible: true)
{
    protected override Assembly? Load(AssemblyName assemblyName) => chain.Resolve(assemblyName.Name ?? "");
}
