namespace KubeLab.Views;

/// <summary>What was waited for did not come about in time; the message says what, how long, and why it is not so.</summary>
public sealed class ConditionNotMetException(string message) : Exception(message);
