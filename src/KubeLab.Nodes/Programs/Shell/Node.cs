namespace KubeLab.Nodes.Programs.Shell;

/// <summary>A piece of a shell script, parsed.</summary>
internal abstract record Node;

/// <summary>Words to expand and run, with assignments before and redirections after; literal words are not expanded.</summary>
internal sealed record SimpleCommand(IReadOnlyList<string> Words, IReadOnlyList<Redirection> Redirections, bool Literal = false) : Node;

/// <summary>Commands whose output feeds the next.</summary>
internal sealed record Pipeline(IReadOnlyList<Node> Parts) : Node;

/// <summary><c>!</c>.</summary>
internal sealed record Negation(Node Inner) : Node;

/// <summary><c>&amp;&amp;</c> or <c>||</c>.</summary>
internal sealed record AndOr(Node Left, bool IsAnd, Node Right) : Node;

/// <summary>One after the other.</summary>
internal sealed record Sequence(IReadOnlyList<Node> Items) : Node;

/// <summary><c>&amp;</c>: the shell does not wait.</summary>
internal sealed record Background(Node Inner) : Node;

/// <summary><c>if</c>; an <c>elif</c> is another one in <see cref="Else"/>.</summary>
internal sealed record Conditional(Node Condition, Node Then, Node? Else) : Node;

/// <summary><c>while</c> and <c>until</c>.</summary>
internal sealed record Loop(Node Condition, bool Until, Node Body) : Node;

/// <summary><c>for … in</c>.</summary>
internal sealed record ForEach(string Variable, IReadOnlyList<string> Words, Node Body) : Node;

/// <summary><c>{ …; }</c> or <c>( … )</c> with redirections.</summary>
internal sealed record Group(Node Body, IReadOnlyList<Redirection> Redirections) : Node;

/// <summary>A shell that reads its commands from standard input.</summary>
internal sealed record Interactive : Node;

/// <summary>Where output goes: a stream number, a file, and whether it is appended; <c>&amp;1</c> is a stream.</summary>
internal sealed record Redirection(int Stream, string Target, bool Append, bool Input);

/// <summary>The script is not one.</summary>
internal sealed class ShellSyntaxException(string message) : Exception(message);
