namespace KubeLab.Charts;

/// <summary>A newest value, for pages that cannot draw.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Value">The value with its unit, as people read it.</param>
public readonly record struct Reading(string Name, string Value);
