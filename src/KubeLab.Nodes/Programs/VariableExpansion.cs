using System.Text;

namespace KubeLab.Nodes.Programs;

/// <summary>Kubernetes' own <c>$(VAR)</c> references in commands, arguments and variables: unknown ones stay, <c>$$</c> is a dollar sign.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/">Dependent variables</seealso>
internal static class VariableExpansion
{
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                result.Append(text[i]);
            }
            else if (text[i + 1] == '$')
            {
                result.Append('$');
                i++;
            }
            else if (text[i + 1] == '(' && text.IndexOf(')', i) is >= 0 and var close)
            {
                var name = text[(i + 2)..close];
                result.Append(variables.TryGetValue(name, out var value) ? value : text[i..(close + 1)]);
                i = close;
            }
            else
            {
                result.Append('$');
            }
        }

        return result.ToString();
    }
}
