using KubeLab.Api;

namespace KubeLab.Controllers.GarbageCollection;

/// <summary>An object that has owners: the number of its kind in the collector, and its key.</summary>
/// <param name="Kind">Which of the kinds that the collector watches.</param>
/// <param name="Key">Which object.</param>
public readonly record struct Dependent(int Kind, ObjectKey Key);
